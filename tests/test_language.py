"""Every sentence the audience may read is in the catalogue, and no template says anything past it."""

import html
import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from survey import language
from survey.language import _, direction, ngettext, speaking
from survey.language.catalogues import (
    LOCALE,
    Sentence,
    interface,
    read_catalogue,
    translated_languages,
    underscored,
)
from survey.language.choosing import native_name, preferred
from survey.language.collecting import collected, update_catalogue, write_collected
from survey.questionnaire import load_translations, published_questionnaires, sentences_of
from tests.languages import GREETINGS, invented_catalogues

ROOT = Path(__file__).resolve().parent.parent
STAFF = {
    *("sign_in.html", "sign_out.html", "moderate.html", "count.html", "count_question.html", "note.html"),
    *("desk", "office", "evidence", "remote"),
}
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
        (message.id,) if isinstance(message.id, str) else tuple(message.id)
        for message in catalogue
        if message.id
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
    markup = re.sub(r"""\s(?:lang|dir)=(["']).*?\1""", " ", markup)  # made once, written into several tags
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
        ('{% set own %} lang="{{ x }}" dir="{{ y }}"{% endset %}<p{{ own }}>{{ z }}</p>', []),
        ('{% extends "page.html" %}{% block main %}Hello{% endblock %}', ["Hello"]),
        ('{% set words = "a b" %}{{ ngettext("%(num)s seat here", "%(num)s seats here", n) }}', []),
    ],
)
def test_bare_words_are_found(template: str, words: list[str]) -> None:
    assert bare_words(template) == words


# --- translations ------------------------------------------------------------------------------------------------

COMPLETE = ("ar", "pl", "ur", "zh-Hans")
"""The languages that must not lack a sentence."""
FORMS = {"ar": 6, "pl": 3, "ur": 2, "zh-Hans": 1}
"""How many forms a counted sentence has."""
SAME = re.compile(r"[\W\d_]*")
"""What may be the same in every language, once names and placeholders are taken out."""
OWN_NAMES = ("Houselights", "NHS", "Sean", "Sara", "Film", "Podcast")
"""Names, and words that some languages share with English."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*(?:[:!][^}]*)?\}")
MARKUP = re.compile(r"</?[a-z]+[^>]*>|&[a-z]+;")


def whole_catalogue(tag: str) -> list[Sentence]:
    """Return every sentence of the template beside its translation, phones' or not."""
    with (LOCALE / "houselights.pot").open("rb") as file:
        template = read_po(file)
    there = read_catalogue(tag)
    found = []
    for message in template:
        if message.id:
            translated = there.get(message.id, message.context)
            words = "" if translated is None or translated.fuzzy else translated.string
            found.append(Sentence(str(message.id), forms(message.id), forms(words)))
    return found


def forms(said: object) -> tuple[str, ...]:
    """Return a message's forms."""
    return tuple(said) if isinstance(said, (tuple, list)) else (str(said),)


def wrong_with(sentence: Sentence) -> str:
    """Say what a translator has to look at again; nothing when all is well."""
    if sentence.missing:
        return "has no words"
    allowed = set(PLACEHOLDER.findall(" ".join(sentence.reference)))
    needed = set.intersection(*(set(PLACEHOLDER.findall(form)) for form in sentence.reference))
    for words in sentence.words:
        said = set(PLACEHOLDER.findall(words))
        # One thing may be counted without its number ("one comment"), in as many forms as the language has.
        counted = {"%(num)s", "{n}", "{count}", "{number}"} if len(sentence.reference) > 1 else set()
        if said - allowed or needed - said - counted:
            return f"must hold {sorted(needed)} and no other placeholder: {words!r}"
        if sorted(MARKUP.findall(words)) != sorted(MARKUP.findall(sentence.reference[0])):
            return f"has other markup: {words!r}"
        if words.strip() != words and sentence.reference[0].strip() == sentence.reference[0]:
            return f"begins or ends with a space: {words!r}"
    if sentence.words[0] == sentence.reference[0]:
        left = PLACEHOLDER.sub("", sentence.reference[0])
        for name in OWN_NAMES:
            left = left.replace(name, "")
        if not SAME.fullmatch(left):
            return "is still English"
    return ""


@pytest.mark.parametrize("tag", COMPLETE)
def test_a_catalogue_lacks_no_sentence(tag: str) -> None:
    wrong = {sentence.place: why for sentence in whole_catalogue(tag) if (why := wrong_with(sentence))}
    assert wrong == {}, f"Translate them in survey/locale/{tag}/LC_MESSAGES/houselights.po, after: make words"


@pytest.mark.parametrize("tag", COMPLETE)
def test_a_catalogue_counts_as_its_language_does(tag: str) -> None:
    there = read_catalogue(tag)
    assert there.num_plurals == FORMS[tag], f"Write nplurals={FORMS[tag]} at the top of the catalogue"
    rule, expected = (c2py(expr) for expr in (there.plural_expr, get_plural(underscored(tag)).plural_expr))
    assert [rule(number) for number in range(220)] == [expected(number) for number in range(220)]


@pytest.mark.parametrize("tag", COMPLETE)
def test_every_published_questionnaire_is_translated_whole(tag: str) -> None:
    wrong = {}
    for questionnaire, _content in published_questionnaires():
        id = f"{questionnaire.id}-{questionnaire.version}"
        words = {each.language: each.words for each in load_translations(questionnaire)}.get(tag, {})
        for sentence in sentences_of(questionnaire, words):
            if why := wrong_with(sentence):
                wrong[f"{id}.{tag}.yaml {sentence.place}"] = why
    assert wrong == {}, "Translate them in data/questionnaires/translations, see its README"


@pytest.mark.parametrize("tag", COMPLETE)
def test_a_language_is_written_from_the_side_it_is_read(tag: str) -> None:
    words = " ".join(word for sentence in interface(tag) for word in sentence.words)
    arabic = len(re.findall(r"[\u0600-\u06ff]", words))
    assert (arabic > len(words) / 3) == (direction(tag) == "rtl")


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (("Send",), ("",)),
        (("Send",), ()),
        (("Send",), ("Send",)),
        (("Until {date}.",), ("Do {data}.",)),
        (("Until {date}.",), ("Do dnia.",)),
        (("%(a)s asks",), ("pyta",)),
        (("A <b>way</b>",), ("Droga",)),
        (("{n} seat", "{n} seats"), ("{n} miejsce", "", "{n} miejsc")),
        (("{n} seat", "{n} seats"), ("{n} miejsce", "{m} miejsca", "{n} miejsc")),
        (("Send",), (" Wyślij",)),
    ],
    ids=str,
)
def test_a_wrong_translation_is_found(sentence: tuple[str, ...], why: tuple[str, ...]) -> None:
    assert wrong_with(Sentence("", sentence, why)) != ""


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        (("Send",), ("Wyślij",)),
        (("Houselights",), ("Houselights",)),
        (("{n} of {m}",), ("{m} - {n}",)),
        (("{number} - {other}",), ("{number} - {other}",)),
        (("One seat", "{n} seats"), ("Jedno miejsce", "{n} miejsca", "{n} miejsc")),
        (
            ("{n} seat", "{n} seats"),
            ("لا مقاعد", "مقعد واحد", "مقعدان", "{n} مقاعد", "{n} مقعدا", "{n} مقعد"),
        ),
    ],
    ids=str,
)
def test_a_right_translation_is_left_alone(reference: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert wrong_with(Sentence("", reference, words)) == ""


def test_a_catalogue_is_brought_up_to_date_without_losing_a_translation(tmp_path: Path) -> None:
    source = tmp_path / "survey" / "words.py"
    source.parent.mkdir()
    template, path = tmp_path / "words.pot", tmp_path / "words.po"
    path.write_text('msgid ""\nmsgstr ""\n"Language: pl\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n')

    def updated(said: str) -> tuple[int, bytes]:
        source.write_text(said)
        write_collected(tmp_path, template)
        return update_catalogue(path, template, "pl"), path.read_bytes()

    missing, _first = updated('_("Good evening")\nngettext("{n} seat", "{n} seats", 2)')
    assert missing == 2
    path.write_bytes(
        _first.replace(b'"Good evening"\nmsgstr ""', '"Good evening"\nmsgstr "Dobry wieczór"'.encode())
    )
    missing, translated = updated('_("Good evening")\nngettext("{n} seat", "{n} seats", 2)')
    assert missing == 1
    assert updated('_("Good evening")\nngettext("{n} seat", "{n} seats", 2)') == (1, translated)
    missing, without = updated('_("Good night")')
    assert missing == 1
    assert '#~ msgstr "Dobry wieczór"' in without.decode()
    missing, back = updated('_("Good evening")\nngettext("{n} seat", "{n} seats", 2)')
    assert 'msgid "Good evening"\nmsgstr "Dobry wieczór"' in back.decode()


# --- speaking ----------------------------------------------------------------------------------------------------


def test_sentences_are_said_in_english_where_a_language_has_no_catalogue() -> None:
    with speaking("tlh"):
        assert language.current() == "tlh"
        assert _("Choose one answer only.") == "Choose one answer only."
        assert [ngettext("{n} seat", "{n} seats", count) for count in (1, 2)] == ["{n} seat", "{n} seats"]
    assert language.current() == "en"


def test_a_sentence_without_words_or_in_doubt_is_said_in_english(tmp_path: Path) -> None:
    with invented_catalogues(tmp_path) as folder:
        path = folder / "pl" / "LC_MESSAGES" / "houselights.po"
        written = path.read_text()
        written = written.replace('msgstr "po polsku Choose one answer only."', 'msgstr ""')
        written = written.replace('msgid "Choose up to two."', '#, fuzzy\nmsgid "Choose up to two."')
        path.write_text(written)
        with speaking("pl"):
            assert _("Choose up to three.") == f"{GREETINGS['pl']} Choose up to three."
            assert _("Choose one answer only.") == "Choose one answer only."
            assert _("Choose up to two.") == "Choose up to two."
        missing = {sentence.place for sentence in interface("pl") if sentence.missing}
        assert missing == {"Choose one answer only.", "Choose up to two."}


@pytest.mark.parametrize("tag", COMPLETE)
def test_every_catalogue_is_spoken(tag: str) -> None:
    assert tag in translated_languages()
    with speaking(tag):
        assert _("Send my answers") != "Send my answers"
        ten = ngettext("Up to %(num)s character.", "Up to %(num)s characters.", 10) % {"num": 10}
        assert "10" in ten
        assert "character" not in ten


@pytest.mark.parametrize(
    "tag", ["ar", "ur", "fa", "fa-IR", "he", "ps", "sd", "ckb", "pa-Arab", "ks-Arab", "az-Arab"]
)
def test_languages_and_scripts_written_right_to_left_are_known(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize("tag", ["en", "en-easy", "pl", "pa", "az", "zh-Hans", "xx", "nonsense", ""])
def test_other_languages_and_unknown_ones_are_written_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_a_language_calls_itself_by_its_own_name() -> None:
    assert [native_name(tag) for tag in ("en", *COMPLETE)] == [
        "English",
        "العربية",
        "polski",
        "اردو",
        "简体中文",
    ]


@pytest.mark.parametrize(
    ("wishes", "chosen"),
    [
        ("ur-PK", "ur"),
        ("UR-pk", "ur"),
        ("ur-Latn", None),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-TW,zh", None),
        ("zh-TW,zh,zh-CN", "zh-Hans"),
        ("pl;q=0.2,ar;q=0.7", "ar"),
        ("pl;q=nonsense,ar;q=0.1", "ar"),
        ("pl;q=0", None),
        ("x" * 100_000, None),
    ],
)
def test_a_wish_is_met_in_the_script_it_is_read_in(wishes: str, chosen: str | None) -> None:
    assert preferred(wishes, ("en", *COMPLETE)) == chosen
