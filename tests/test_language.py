"""Every sentence the audience may read is in the catalogue, and no template says anything past it."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from survey import language
from survey.language import LOCALE, _, collected, direction, ngettext, speaking, write_collected

ROOT = Path(__file__).resolve().parent.parent
STAFF = {"sign_in.html", "sign_out.html", "desk", "office", "evidence"}
"""Pages, and folders of pages, that the audience does not read. Everything else it may."""
TEMPLATES = sorted(
    path for path in (ROOT / "survey").rglob("*.html") if not STAFF & {path.name, path.parent.name}
)
NAMES = {"Houselights"}
"""Words that are the same in every language."""
SPOKEN_ATTRIBUTES = ("alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title")
SAID = "\x00"
"""Stands where a template says something through an expression."""
TRANSLATING = {"_", "gettext", "ngettext"}


def sentences(catalogue: Catalog) -> set[tuple[str, ...]]:
    """Return what a catalogue holds: singular and plural."""
    return {
        message.id if isinstance(message.id, tuple) else (message.id,) for message in catalogue if message.id
    }


def test_the_catalogue_holds_every_sentence_and_no_other() -> None:
    with (LOCALE / "houselights.pot").open("rb") as file:
        written = sentences(read_po(file))
    now = sentences(collected(ROOT))
    assert {"missing": now - written, "no longer said": written - now} == {
        "missing": set(),
        "no longer said": set(),
    }, "Collect the sentences again: make words"


def test_sentences_of_code_and_templates_are_collected(tmp_path: Path) -> None:
    (tmp_path / "survey" / "phone").mkdir(parents=True)
    (tmp_path / "survey" / "phone" / "answers.py").write_text(
        'from survey.language import _, ngettext\n_("Choose one.")\nngettext("{n} seat", "{n} seats", 2)\n"Not said"\n'
    )
    (tmp_path / "survey" / "phone" / "page.html").write_text(
        '{{ _("Good evening") }}{% trans n=2 %}{{ n }} phone{% pluralize %}{{ n }} phones{% endtrans %}'
    )
    assert write_collected(tmp_path, tmp_path / "words.pot") == 4
    with (tmp_path / "words.pot").open("rb") as file:
        assert sentences(read_po(file)) == {
            ("Choose one.",),
            ("{n} seat", "{n} seats"),
            ("Good evening",),
            ("%(n)s phone", "%(n)s phones"),
        }
    before = (tmp_path / "words.pot").read_bytes()
    write_collected(tmp_path, tmp_path / "words.pot")
    assert (tmp_path / "words.pot").read_bytes() == before


def test_no_sentence_is_built_before_it_is_looked_up() -> None:
    """``_(f"…")`` and ``_("…".format())`` are never found in a catalogue."""
    wrong = re.compile(r"""\b_\(\s*(?:f["']|["'][^"']*["']\s*(?:%|\.format|\+))""")
    for path in (ROOT / "survey").rglob("*.py"):
        assert wrong.findall(path.read_text()) == [], path


# --- templates ---------------------------------------------------------------------------------------------------


def pieces(node: nodes.Node) -> Iterator[str]:
    """Yield what a template says: bare text as it stands, expressions as a mark, words inside expressions as text."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.TemplateData):
            yield child.data
        elif isinstance(child, nodes.Expr):
            if isinstance(node, nodes.Output):
                yield SAID
                yield from (f" {words} " for words in bare_strings(child))
        else:
            yield from pieces(child)


def bare_strings(expression: nodes.Node) -> Iterator[str]:
    """Yield strings with a space in them (words, not attribute names) that do not pass through the catalogue."""
    if isinstance(expression, nodes.Call):
        function = expression.node
        if isinstance(function, nodes.Name) and function.name in TRANSLATING:
            return
    if isinstance(expression, nodes.Const) and isinstance(expression.value, str):
        if re.search(r"\w \w", expression.value):
            yield expression.value
        return
    for child in expression.iter_child_nodes():
        yield from bare_strings(child)


def bare_words(source: str) -> list[str]:
    """Return the words of a template that no catalogue can translate."""
    parsed = Environment(extensions=["jinja2.ext.i18n"]).parse(source)
    markup = "".join(pieces(parsed))
    markup = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    spoken = "|".join(SPOKEN_ATTRIBUTES)
    attributes = [value for _, value in re.findall(rf"""\s(?:{spoken})=(["'])(.*?)\1""", markup, re.DOTALL)]
    for tag in re.findall(r"<input\b[^>]*>", markup):
        if re.search(r"""type=["'](?:submit|button|reset)""", tag):
            attributes.extend(re.findall(r"""\bvalue=["'](.*?)["']""", tag))
    text = html.unescape(" ".join([re.sub(r"<[^>]*>", " ", markup), *attributes]))
    return [word for word in re.findall(r"[^\W\d_]+", text) if word not in NAMES]


def test_there_are_templates_to_look_at() -> None:
    assert {"form.html", "stage_result.html"} <= {path.name for path in TEMPLATES}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_past_the_catalogue(path: Path) -> None:
    assert bare_words(path.read_text()) == []


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ('<h1>{{ _("Good evening") }}</h1>', []),
        ("<h1>Good evening</h1>", ["Good", "evening"]),
        ("<p>{% trans %}Good evening{% endtrans %}</p>", []),
        ("{% if late %}<p>Too late</p>{% endif %}", ["Too", "late"]),
        ("{% for x in y %}{{ x }} and {% endfor %}", ["and"]),
        ('<a href="/p/{{ code }}" class="{% if on %}lit{% endif %}">{{ x }}</a>', []),
        ('<img alt="A house" src="house.png">', ["A", "house"]),
        ('<nav aria-label="{{ _("Languages") }}">', []),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<input type="radio" value="acceptable">', []),
        ('{{ "Well done" if done else _("Not yet") }}', ["Well", "done"]),
        (
            "<style>body { color: red }</style><!-- a note -->{# a note #}Houselights 2026 &nbsp;·&times; 10",
            [],
        ),
        ('{% extends "page.html" %}{% block main %}Hello{% endblock %}', ["Hello"]),
        ('{% set words = "a b" %}{{ ngettext("%(num)s seat here", "%(num)s seats here", n) }}', []),
    ],
)
def test_bare_words_are_found(template: str, words: list[str]) -> None:
    assert bare_words(template) == words


# --- speaking ----------------------------------------------------------------------------------------------------


def test_sentences_are_said_in_english_where_a_language_has_no_catalogue() -> None:
    with speaking("ur"):
        assert language.current() == "ur"
        assert _("Choose one answer only.") == "Choose one answer only."
        assert [ngettext("{n} seat", "{n} seats", count) for count in (1, 2)] == ["{n} seat", "{n} seats"]
    assert language.current() == "en"


def test_languages_written_right_to_left_are_known() -> None:
    assert [direction(code) for code in ("en", "ur", "ar", "fa-IR", "pl")] == [
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
    ]
