"""The command line: ``houselights …``, the same as ``python -m survey …``."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from survey.commands import COMMANDS, TROUBLE


class Parser(argparse.ArgumentParser):
    """A parser that answers a slip with one plain sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is missing and where to look it up."""
        plain = re.sub(r"invalid choice: (.+?) \(choose from (.+)\)", _not_offered, message)
        self.exit(2, f"{plain[:1].upper()}{plain[1:].rstrip('.')}. Look at: {self.prog} --help\n")


def _not_offered(found: re.Match[str]) -> str:
    given, offered = found.groups()
    return f"{given} is not offered; write one of: {offered.replace(chr(39), '')}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or another number after one plain sentence on stderr."""
    parser = Parser(prog="houselights", description="Answers from phones, on stage, compared honestly.")
    subparsers = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=Parser
    )
    for command in COMMANDS:
        command.add_to(subparsers)
    given = parser.parse_args(arguments)
    try:
        return int(given.run(given) or 0)
    except TROUBLE as trouble:
        print(" ".join(str(trouble).split()), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone (``| head``); do not complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
