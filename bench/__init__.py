"""Measures the real server on this machine and prints a table. Nothing is asserted. Run by ``make bench``."""
