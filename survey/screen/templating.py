"""Templates for ``st.html``: always autoescaped, every sentence through the catalogue."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from survey.language import _, ngettext
from survey.language.punctuation import unbroken
from survey.model import Text

FOLDER = Path(__file__).parent / "templates"

_templates = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=lambda said: unbroken(str(said)) if isinstance(said, Text) else said,
    extensions=["jinja2.ext.i18n"],
)
_templates.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]


def rendered(template: str, **values: object) -> str:
    """Return a template's markup; every value is escaped."""
    return _templates.get_template(template).render(**values)


def stylesheet(*names: str) -> str:
    """Return our own style files as one element."""
    return "<style>" + "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in names) + "</style>"


def script(name: str) -> str:
    """Return one of our own scripts. The house's policy names it by its hash: it runs as it stands here, or not at all."""
    return (FOLDER / name).read_text(encoding="utf-8")
