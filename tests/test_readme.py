"""The README stays true: every command, every make target and every address people script against is in it."""

import argparse
import re
from pathlib import Path

from survey.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()


def commands() -> set[str]:
    """Return every command ``--help`` offers."""
    subparsers = argparse.ArgumentParser().add_subparsers()
    for command in COMMANDS:
        command.add_to(subparsers)
    return set(subparsers.choices)


def test_every_command_is_in_the_readme() -> None:
    assert {name for name in commands() if not re.search(rf"`{name}[ `]", README)} == set()


def test_every_make_target_is_in_the_readme() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"clean"}
    assert {name for name in targets if f"make {name}" not in README} == set()


def test_every_picture_and_file_the_readme_names_is_there() -> None:
    named = re.findall(r'src="([^"]+)"', README) + re.findall(
        r"`((?:survey|data|pages|tests)/[\w./-]+)`", README
    )
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
