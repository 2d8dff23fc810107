"""``backup`` and ``restore``: a whole copy of the database, made while it is in use, put back when it is not."""

import argparse


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
