"""The house rules that no linter knows: thin pages, no machine paths, words and settings that stay documented."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "pages").glob("*.py"))


def tracked_files() -> list[Path]:
    """Return every file git tracks that can be read as text."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    paths = [ROOT / name for name in names.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096]]


def names_in(path: Path) -> set[str]:
    """Return every dotted name a Python file spells, such as ``st.session_state``."""
    tree = ast.parse(path.read_text())
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_stays_thin(page: Path) -> None:
    assert len(page.read_text().splitlines()) <= 80


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_neither_queries_nor_draws_nor_reshapes(page: Path) -> None:
    text = page.read_text()
    imported = set(re.findall(r"^(?:from|import)\s+([\w.]+)", text, re.MULTILINE))
    assert not {
        name for name in imported if name.split(".")[0] in {"sqlalchemy", "altair", "pandas", "jinja2"}
    }
    assert "unsafe_allow_html" not in text


def test_session_state_is_spelled_in_the_screen_floor_only() -> None:
    spelled = [
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("survey/**/*.py"), *PAGES, ROOT / "app.py"]
        if "st.session_state" in names_in(path)
    ]
    assert [path for path in spelled if not path.startswith("survey/screen/")] == []


def test_no_page_is_found_without_the_main_script() -> None:
    assert not (ROOT / "pages" / "pages").exists()


def test_no_file_names_a_machine_or_a_registry() -> None:
    machine = re.compile("(^|[^.a-z])/" + "(work|farm|root|home)/" + "|index" + "-url|/simple" + "/")
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in tracked_files()
        for line in path.read_text(errors="replace").splitlines()
        if machine.search(line)
    ]
    assert found == []


def test_every_setting_is_in_the_readme() -> None:
    settings = set(re.findall(r"HOUSELIGHTS_[A-Z_]+", (ROOT / "survey" / "settings.py").read_text()))
    readme = (ROOT / "README.md").read_text()
    assert settings
    assert {name for name in settings if f"`{name}`" not in readme} == set()


def test_the_environment_is_read_in_one_place() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("survey/**/*.py"), *PAGES, ROOT / "app.py"]
        if {"os.environ", "os.getenv"} & names_in(path)
    ]
    assert readers == ["survey/settings.py"]


def test_constraints_pin_every_requirement_without_naming_an_index() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z]+\])?==[^\s/]+", line) for line in lines), lines
    pinned = {re.split(r"==|\[", line)[0].lower().replace("_", "-") for line in lines}
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[\[><=]", name)[0].lower().replace("_", "-") for name in required}
    assert names - pinned == set()
