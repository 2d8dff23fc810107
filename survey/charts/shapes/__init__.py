"""Shapes: how each kind of picture looks, whatever its numbers. Made once, kept, and filled with rows by the charts."""
