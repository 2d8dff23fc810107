"""The command line as a person uses it, in this process: what it prints, and what it says when it will not."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from survey.__main__ import main


@dataclass(frozen=True)
class Commands:
    """Runs commands on a database of their own."""

    folder: Path
    screen: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> str:
        """Return what a command that works prints."""
        code = main(arguments)
        printed = self.screen.readouterr()
        assert code == 0, printed.err
        return printed.out

    def answer(self, *arguments: str) -> int:
        """Return the exit code of a command; what it printed waits on the screen."""
        return main(arguments)

    def fail(self, *arguments: str) -> str:
        """Return what a command that does not work says; nothing else is printed, no traceback."""
        code = main(arguments)
        printed = self.screen.readouterr()
        assert code != 0
        assert printed.out == ""
        assert "Traceback" not in printed.err
        return printed.err

    def file(self, name: str, content: str | bytes) -> str:
        """Write a file; return its path."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)
