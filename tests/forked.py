"""The program in processes of its own, forked from one that has read it once: a start costs half a second instead of three.

What a fresh interpreter does (``python -m survey serve``) has its own tests: ``tests/guard/test_serving.py``,
``tests/commands/test_commands.py``.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import ModuleType

import pytest

PRELOADED = ("survey.__main__", "survey.serving.house", "altair", "pandas", "streamlit.web.bootstrap")
"""What the process that is forked from has read; it opens no database and starts no thread."""
ROOT = Path(__file__).resolve().parent.parent

_forking = multiprocessing.get_context("forkserver")
_forking.set_forkserver_preload([*PRELOADED])


def start(
    arguments: tuple[str, ...], environment: Mapping[str, str], said: Path, complained: Path
) -> ForkServerProcess:
    """Start ``houselights …`` in a process of its own; what it prints is added to these two files, which may be one."""
    process = _forking.Process(
        target=_run, args=(arguments, {**environment}, str(said), str(complained)), daemon=True
    )
    with (
        pytest.MonkeyPatch.context() as patch
    ):  # whatever script runs now is none of the new process's business
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        process.start()
    return process


def _run(arguments: tuple[str, ...], environment: dict[str, str], said: str, complained: str) -> None:
    from survey.__main__ import main

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    for number, file in ((0, os.devnull), (1, said), (2, complained)):
        opened = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 # multiprocessing closed the one before
    sys.exit(main(arguments))
