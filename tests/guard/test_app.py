"""app.py as Streamlit finds it, and the traps around its pages."""

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.web.server.app_discovery import discover_asgi_app

from survey.screen import PAGES
from survey.serving.options import IN_FORCE
from tests.running import ROOT

PAGE_FILES = sorted((ROOT / "pages").glob("*.py"))


def python(script: str, folder: Path = ROOT) -> str:
    """Run a script in a process of its own, from any folder; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{script}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_streamlit_finds_the_app_in_app_py() -> None:
    found = discover_asgi_app(ROOT / "app.py")
    assert (found.is_asgi_app, found.app_name, found.import_string) == (True, "app", "app:app")


def test_app_py_stays_short_and_calls_st_app_by_name() -> None:
    text = (ROOT / "app.py").read_text()
    assert len(text.splitlines()) <= 40
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assign)]
    assert [ast.unparse(call.value.func) for call in calls if isinstance(call.value, ast.Call)] == ["st.App"]


def test_the_script_is_found_from_any_folder(tmp_path: Path) -> None:
    script = "import app; print(app.app._resolve_script_path())"
    assert python(script, tmp_path).strip() == str(ROOT / "pages" / "frame.py")


def test_the_options_are_in_force_from_any_folder_and_against_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        "[browser]\ngatherUsageStats = true\n[server]\nenableAgentApi = true\nmaxUploadSize = 900\n"
    )
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION", "false")
    script = (
        "import json, app\nfrom streamlit import config\nfrom survey.serving.options import IN_FORCE\n"
        "print(json.dumps({name: config.get_option(name) for name in IN_FORCE}))"
    )
    assert json.loads(python(script, tmp_path)) == dict(IN_FORCE)


def test_the_house_does_not_open_when_any_one_option_was_lost() -> None:
    script = """
import json, app
from streamlit import config
from survey.serving.options import IN_FORCE, OptionLost, check_options
check_options()
said = {}
for name, value in IN_FORCE.items():
    config.set_option(name, "something else")
    try:
        check_options()
    except OptionLost as lost:
        said[name] = str(lost)
    config.set_option(name, value)
check_options()
print(json.dumps(said))
"""
    said = json.loads(python(script))
    assert set(said) == set(IN_FORCE)
    assert all(words.startswith(f"Streamlit's option {name} is not in force") for name, words in said.items())


def test_every_page_is_in_the_table_and_every_line_of_the_table_is_a_page() -> None:
    assert {page.stem for page in PAGE_FILES} == {page.path for page in PAGES} | {"frame"}


def test_no_page_folder_is_served_beside_the_frame() -> None:
    assert not (ROOT / "pages" / "pages").exists()


@pytest.mark.parametrize("page", PAGE_FILES, ids=lambda page: page.name)
def test_no_page_hides_a_module(page: Path) -> None:
    # The pages' folder is first on sys.path while a page runs.
    found = importlib.util.find_spec(page.stem)
    assert found is None or Path(str(found.origin)).parent == ROOT / "pages"


@pytest.mark.parametrize(
    "page", [page for page in PAGE_FILES if page.stem != "frame"], ids=lambda page: page.name
)
def test_every_page_asks_who_is_there_before_it_shows_anything(page: Path) -> None:
    lines = [
        node for node in ast.parse(page.read_text()).body if not isinstance(node, ast.Import | ast.ImportFrom)
    ]
    first = next(
        line for line in lines if not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
    )
    calls = {ast.unparse(node.func) for node in ast.walk(first) if isinstance(node, ast.Call)}
    assert "require" in calls, f"{page.name} begins with: {ast.unparse(first)}"
