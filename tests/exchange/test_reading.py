"""What other programs write comes in as what it means, or is refused in words that name the cell and what can be written."""

import io
import zipfile
from collections.abc import Callable

import pytest

from survey.exchange import Given, Import, TableWrong, read_import
from survey.exchange.cells import guarded, unguarded
from survey.exchange.numbers import readings
from survey.model import Kind, Option, Question, Text
from survey.questionnaire.labels import options_called, same_words

MakeGiven = Callable[..., Given]

OFFERED = "not_acceptable (Not acceptable), depends (It depends), acceptable (Acceptable)"

EMPTY = "Leave it empty if nothing was answered."


@pytest.fixture
def read(given: MakeGiven) -> Callable[..., Import]:
    """Read a table of paper sheets from after the performance."""

    def act(content: str | bytes, *, encoding: str = "", **said: str) -> Import:
        told = given(**({"wave": "after", "mode": "paper"} | said))
        content = content.encode() if isinstance(content, str) else content
        return read_import(content, told, name="x.csv", encoding=encoding)

    return act


def answers(read: Import) -> list[dict[str, tuple[str, ...]]]:
    return [{each.question: each.options for each in one.filled.answers} for one in read.responses]


def complaints(read: Callable[..., Import], content: str | bytes, **said: str) -> list[str]:
    with pytest.raises(TableWrong) as wrong:
        read(content, **said)
    return list(wrong.value.complaints)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("7", {7}),
        ("7.0", {7}),
        ("7,0", {7}),
        ("07", {7}),
        ("0.000", {0}),
        ("20.00", {20}),
        ("1,204", {1204}),
        ("1.204", {1204}),
        ("1 204", {1204}),
        ("1\u202f204", {1204}),
        ("1'204", {1204}),
        ("1.204,0", {1204}),
        ("1,204.00", {1204}),
        ("12,345,678", {12345678}),
        ("٧", {7}),
        ("१२", {12}),
        ("1,000", {1, 1000}),
        ("1.000", {1, 1000}),
        ("1,000.0", {1000}),
        *(
            (wrong, set())
            for wrong in ("", "seven", "7.5", "-7", "1,20", "1,2045", "1.204.5", "1,204,0", "7e3", "9" * 30)
        ),
    ],
)
def test_a_number_is_every_whole_number_that_a_program_may_have_meant(said: str, numbers: set[int]) -> None:
    assert readings(said) == numbers


@pytest.mark.parametrize("said", ["7", "7.0", "7,0", " 7 ", "٧"])
def test_a_trust_of_seven_is_seven_however_it_is_written(read: Callable[..., Import], said: str) -> None:
    table = read(f'trust_nhs;home_system\n"{said}";Acceptable\n')
    assert answers(table) == [{"trust_nhs": ("7",), "home_system": ("acceptable",)}]


@pytest.mark.parametrize(
    "said", ["NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "null", ".", "-", "–", "", "(not asked)", "(hidden)"]
)
def test_what_programs_write_where_nothing_stands_is_a_skip(read: Callable[..., Import], said: str) -> None:
    table = read(f'home_system,share_with,trust_nhs\n"{said}","{said}","{said}"\n,,3\n{said},gp,\n')
    assert answers(table) == [{"trust_nhs": ("3",)}, {"share_with": ("gp",)}]


def test_what_was_hidden_in_an_export_is_said(read: Callable[..., Import]) -> None:
    assert (
        read("home_system,trust_nhs\n(hidden),3\n").advice
        == "1 answer had been hidden in the export and is not here."
    )


@pytest.mark.parametrize("said", ["-99", "Prefer not to say", "Don't know", "999", "skipped"])
def test_any_other_code_is_refused_with_its_cell_and_what_can_be_written(
    read: Callable[..., Import], said: str
) -> None:
    assert complaints(read, f"home_system\ndepends\n{said}\n") == [
        f"Row 3, column home_system: “{said}” is none of the answers. Write one of: {OFFERED}. {EMPTY}"
    ]


@pytest.mark.parametrize(
    "said",
    ["IT DEPENDS", " It  depends ", "It\u00a0depends", "Depends", "ｄｅｐｅｎｄｓ", "it\u200b depends"],
)
def test_words_are_the_same_in_any_case_and_spacing(read: Callable[..., Import], said: str) -> None:
    assert answers(read(f"home_system\n{said}\n")) == [{"home_system": ("depends",)}]


@pytest.mark.parametrize(
    "said", ["It depends.", "Fairly likely (4)", "1", "accept", "not_acceptable acceptable"]
)
def test_words_that_are_only_like_an_answer_are_not_guessed(read: Callable[..., Import], said: str) -> None:
    assert complaints(read, f"home_system\n{said}\n") == [
        f"Row 2, column home_system: “{said}” is none of the answers. Write one of: {OFFERED}. {EMPTY}"
    ]


@pytest.mark.parametrize(
    "said",
    [
        "gp;family",
        "My GP; A family member I choose",
        "My GP, A family member I choose",
        "gp family",
        "gp|family",
        "gp\nfamily",
    ],
)
def test_several_answers_are_told_apart_whatever_stands_between(
    read: Callable[..., Import], said: str
) -> None:
    assert answers(read(f'share_with\n"{said}"\n')) == [{"share_with": ("gp", "family")}]


def test_an_unknown_one_of_several_answers_is_refused(read: Callable[..., Import]) -> None:
    (said,) = complaints(read, "share_with\ngp;aunt\n")
    assert said.startswith(
        "Row 2, column share_with: “gp;aunt” is none of the answers. Write one of: gp (My GP), "
    )
    assert said.endswith(f"{EMPTY} Put a semicolon between several answers.")


def question(*labels: str) -> Question:
    options = tuple(Option(f"code_{place}", Text({"en": label})) for place, label in enumerate(labels))
    return Question("who", Kind.ONE, Text({"en": "Who?"}), options)


def test_twin_labels_are_never_taken_for_the_first() -> None:
    twins = question("My GP", "my  gp", "Nobody")
    assert options_called(twins, "My GP") == ("code_0", "code_1")
    assert options_called(twins, "code_1") == ("code_1",)
    assert options_called(twins, "nobody") == ("code_2",)
    assert options_called(twins, "anybody") == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Don’t know", "don't  KNOW"), ("0–10", "0-10"), ("Cafe\u0301", "CAFÉ")]
)
def test_what_the_eye_takes_for_the_same_words_is_the_same(one: str, other: str) -> None:
    assert same_words(one) == same_words(other)


def test_a_long_comment_comes_in_whole(read: Callable[..., Import]) -> None:
    words = ("word " * 1000).strip()
    (response,) = read(f"differently,differently_quote\n{words},TRUE\n").responses
    (comment,) = response.filled.comments
    assert (comment.text, comment.quote_ok) == (words, True)


def counted(read: Callable[..., Import], rows: str) -> dict[str, int]:
    (totals,) = read(f"question,option,count\n{rows}", mode="card").totals
    return totals.counts


def test_counts_may_have_thousands_and_decimals(read: Callable[..., Import]) -> None:
    rows = 'home_system,not_acceptable,"1,204"\nhome_system,depends,20.0\nhome_system,acceptable, 9 \n'
    assert counted(read, rows) == {"not_acceptable": 1204, "depends": 20, "acceptable": 9}
    assert complaints(read, f"question,option,count\n{rows.replace('1,204', '1,000')}") == [
        "Row 2, column count: The count '1,000' may be 1 or 1000. Write one of these."
    ]


def test_two_cards_of_three_answers_say_that_the_third_was_not_offered(read: Callable[..., Import]) -> None:
    rows = "home_system,not_acceptable,27\nhome_system,acceptable,12\n"
    assert complaints(read, f"question,option,count\n{rows}", mode="card") == [
        "Row 2: 'home_system' has no count of depends. Add a row for each: 0 if nobody chose it, “not offered” if nobody could."
    ]
    (totals,) = read(f"question,option,count\n{rows}home_system,depends,Not offered\n", mode="card").totals
    assert totals.counts == {"not_acceptable": 27, "acceptable": 12}
    assert totals.place.note == "Imported from x.csv. Not offered for home_system: It depends."
    assert counted(read, f"{rows}home_system,depends,0\n")["depends"] == 0


def test_in_private_no_answer_can_be_left_unoffered(read: Callable[..., Import]) -> None:
    rows = "home_system,not_acceptable,27\nhome_system,acceptable,12\nhome_system,depends,not offered\n"
    (said,) = complaints(read, f"question,option,count\n{rows}", mode="web")
    assert said.startswith("Row 4, column count: In private everybody is offered every answer of a question")


def test_cards_may_be_counted_by_class_as_an_export_writes_them(read: Callable[..., Import]) -> None:
    rows = "research_nhs,class:disagree,27\nresearch_nhs,class:neutral,0\nresearch_nhs,class:agree,12\n"
    assert counted(read, rows) == {"class:disagree": 27, "class:neutral": 0, "class:agree": 12}
    (said,) = complaints(read, f"question,option,count\n{rows}research_nhs,not_sure,3\n", mode="card")
    assert said == "Row 2: 'research_nhs' is counted by class and by answer. Write one of the two."
    (said, *_) = complaints(read, f"question,option,count\n{rows}", mode="paper")
    assert said.startswith(
        "Row 2, column option: “class:disagree” counts a whole class at once, as cards do."
    )


def test_a_table_may_call_questions_by_their_whole_wording(read: Callable[..., Import]) -> None:
    asked = (
        "A company offers a low-cost home system that learns your routine. In return the company can see when you are in and "
        "how you move about. Would that be acceptable to you, or not?"
    )
    assert answers(read(f'"{asked}"\nIt depends\n')) == [{"home_system": ("depends",)}]


def test_columns_that_are_no_questions_are_told_once_and_together(read: Callable[..., Import]) -> None:
    (said,) = complaints(read, "Timestamp,home_system,E-mail\n1,depends,x\n")
    assert said.startswith(
        "Row 1: The columns 'timestamp', 'e-mail' are no questions. Take them out, or give each a question's"
    )
    assert "home_system" not in said.partition("Questions without a column:")[2]


def test_columns_without_a_name_are_called_as_spreadsheets_call_them(read: Callable[..., Import]) -> None:
    header = ",".join(["home_system", *[""] * 26, "trust_nhs"])
    (said,) = complaints(read, f"{header}\ndepends{',' * 27}7\n")
    assert said.startswith("Row 1: Column B, C, D,")
    assert said.endswith("Z, AA has no name. Give each column one, or take it out.")


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.replace("\r\n", "\r").encode(),
    ],
)
def test_a_table_is_read_in_whatever_encoding_can_be_told(
    read: Callable[..., Import], encoded: Callable[[str], bytes]
) -> None:
    text = "home_system\tdifferently\r\nIt depends\tI’d ask, £5 żółć\r\n"
    (response,) = read(encoded(text)).responses
    assert [comment.text for comment in response.filled.comments] == ["I’d ask, £5 żółć"]


def test_an_older_encoding_is_asked_for_and_never_guessed(read: Callable[..., Import]) -> None:
    content = "differently\n£5 isn’t worth it\n".encode("cp1252")
    (said,) = complaints(read, content)
    assert said.startswith(
        "Line 2 is not UTF-8 text. Save the sheet as: CSV UTF-8. If an older program wrote it, say how"
    )
    (response,) = read(content, encoding="cp1252").responses
    assert response.filled.comments[0].text == "£5 isn’t worth it"


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            archive("[Content_Types].xml", "xl/workbook.xml"),
            "This is an Excel workbook, not a CSV table. Open it and save the",
        ),
        (
            archive("[Content_Types].xml", "word/document.xml"),
            "This is a Word document, not a CSV table. Copy its table",
        ),
        (archive("mimetype", "content.xml"), "This is a LibreOffice document, not a CSV table. Open it"),
        (
            archive("a.csv"),
            "This is an archive, not a CSV table. Unpack it, and import the tables in it one by one.",
        ),
        (
            b"$FL2@(#) IBM SPSS STATISTICS 64-bit",
            "This is an SPSS file, not a CSV table. In SPSS or PSPP save it as CSV",
        ),
        (b"<stata_dta><header>", "This is a Stata file, not a CSV table. In Stata: export delimited"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "This is an old Excel or Word file, not a CSV table. Open it"),
        (b"%PDF-1.7", "This is a PDF, not a CSV table."),
        (b"\n<!DOCTYPE html><html>", "This is a web page, not a CSV table."),
        (b'[{"home_system": "depends"}]', "This is JSON, not a CSV table."),
    ],
)
def test_a_file_that_is_no_table_is_told_what_it_is_and_what_to_do(
    read: Callable[..., Import], content: bytes, words: str
) -> None:
    (said,) = complaints(read, content)
    assert said.startswith(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '"The Nest, feedback 2015",\n,\nhome_system,research_nhs\nAcceptable,Very likely\n',
            "Row 1 holds a title, “The Nest, feedback 2015”; the names of the columns stand in row 3. Take out the 2 rows above "
            "them.",
        ),
        (
            "Feedback, all of it\nhome_system;research_nhs\nAcceptable;Very likely\n",
            "Row 1 holds a title, “Feedback, all of it”; the names of the columns stand in row 2. Take out the row above them.",
        ),
        (
            "\n\nhome_system\nAcceptable\n",
            "Row 1 is empty; the names of the columns stand in row 3. Take out the 2 rows above them.",
        ),
    ],
)
def test_a_title_above_the_columns_is_seen_for_what_it_is(
    read: Callable[..., Import], text: str, words: str
) -> None:
    assert complaints(read, text) == [words]


def test_a_comment_that_names_a_column_is_no_header(read: Callable[..., Import]) -> None:
    table = read("home_system,differently\ndepends,language\ndepends,note\n")
    assert [one.filled.comments[0].text for one in table.responses] == ["language", "note"]


def test_a_questions_column_and_ours_are_told_apart_or_asked_for(read: Callable[..., Import]) -> None:
    assert answers(read("q:home_system,_language\ndepends,ur\n")) == [{"home_system": ("depends",)}]
    assert [
        one.place.language for one in read("home_system,language\ndepends,zh-Hans\ndepends,\n").responses
    ] == ["zh-Hans", "en"]
    assert complaints(read, "home_system,q:home_system\ndepends,depends\n") == [
        "Row 1: The columns 'home_system', 'q:home_system' are the same. Keep one of them."
    ]


@pytest.mark.parametrize(
    ("column", "said", "words"),
    [
        ("language", "klingonish", "Row 2, column language: 'klingonish' is no code of a language."),
        (
            "version",
            "the-nest-9",
            "Row 2, column version: There is no version 'the-nest-9' of a questionnaire. There are:",
        ),
        (
            "after_reveal",
            "homes",
            "Row 2, column after_reveal: There is no question 'homes' in the-nest, version 1.",
        ),
    ],
)
def test_what_an_export_says_beside_answers_is_checked_too(
    read: Callable[..., Import], column: str, said: str, words: str
) -> None:
    (complaint,) = complaints(read, f"home_system,{column}\ndepends,{said}\n")
    assert complaint.startswith(words)


@pytest.mark.parametrize(
    "alike",
    [
        "home_system,trust_nhs\ndepends,7\nacceptable,\n",
        "home_system,trust_nhs \r\ndepends,7 \r\nacceptable, \r\n\r\n",
        "\ufefftrust_nhs;home_system\n;Acceptable\n7.0;It depends\n",
    ],
)
def test_the_same_rows_are_recognised_however_they_are_written(
    read: Callable[..., Import], alike: str
) -> None:
    assert read(alike).digest == read("home_system,trust_nhs\ndepends,7\nacceptable,\n").digest


@pytest.mark.parametrize(
    "other",
    [
        "home_system,trust_nhs\ndepends,7\nacceptable,1\n",
        "home_system,trust_nhs\ndepends,7\nacceptable,\nacceptable,\n",
        "home_system,trust_nhs,language\ndepends,7,en\nacceptable,,ur\n",
    ],
)
def test_other_rows_are_other_rows(read: Callable[..., Import], other: str) -> None:
    assert read(other).digest != read("home_system,trust_nhs\ndepends,7\nacceptable,\n").digest


@pytest.mark.parametrize("words", ["'=1", "''=1", "'+", "'", "=", "' =1"])
def test_an_apostrophe_that_somebody_wrote_is_kept(words: str) -> None:
    assert unguarded(guarded(words)) == words
