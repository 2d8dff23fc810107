"""Printing: what is put up on a wall or handed out. Pixels and pages out, no web, no database."""
