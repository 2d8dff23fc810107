"""Rows for a researcher: no order, no time, no words beside answers; pandas reads them back."""

import io
from collections.abc import Callable

import pandas
import pytest

from survey.exchange import Given, export_files, read_import, store_import
from survey.model import Answer, Comment, Filled, Mode, Performance, Provenance, RevealState, Wave
from survey.questionnaire.poll import poll_content
from survey.room.acts import ask_now
from survey.storage.checkpoints import set_reveal
from survey.storage.counts import counts, pairs
from survey.storage.database import Connection, Database
from survey.storage.evidence import add_source, add_tally
from survey.storage.hand_counts import HELPERS, Raised, count_block
from survey.storage.notes import add_note
from survey.storage.performances import open_wave
from survey.storage.responses import save_response
from survey.storage.seats import new_seat
from tests.databases import add_nest_performance

WORDS = ("=HYPERLINK(1)", "ＨELLO", "＝1", 'With "quotes", commas;\nand lines', "@you")


@pytest.fixture
def evening(sqlite_database: Database) -> Performance:
    """Twelve phones before, the same after with comments, and a pile of red and blue cards."""
    performance = add_nest_performance(sqlite_database)
    seats = [new_seat() for _ in range(12)]

    def send(wave: Wave, seat: str, filled: Filled) -> None:
        sqlite_database.write(
            lambda connection: save_response(
                connection,
                performance,
                seat=seat,
                wave=wave,
                version_id="the-nest-1",
                language="en",
                filled=filled,
            )
        )

    for place, seat in enumerate(seats):
        option = ("acceptable", "depends")[place % 2]
        send(Wave.BEFORE, seat, Filled((Answer("home_system", (option,)),)))
    sqlite_database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    sqlite_database.write(
        lambda connection: set_reveal(
            connection, performance.id, Wave.AFTER, "home_system", RevealState.SHOWN, 1
        )
    )
    for place, seat in enumerate(seats):
        comment = (Comment("differently", WORDS[place], place == 0),) if place < len(WORDS) else ()
        answers = (
            Answer("home_system", ("depends",)),
            Answer("share_with", ("gp", "family")),
            Answer("trust_nhs", ("7",)),
        )
        send(Wave.AFTER, seat, Filled(answers, comment))

    def cards(connection: object) -> None:
        source = add_source(connection, performance.id, Provenance.COUNTED, "=Red cards")  # type: ignore[arg-type]
        add_tally(
            connection,  # type: ignore[arg-type]
            source,
            wave=Wave.BEFORE,
            mode=Mode.CARD,
            question="home_system",
            counts={"acceptable": 30, "not_acceptable": 12},
            base=42,
        )

    sqlite_database.write(cards)
    return performance


def files(database: Database, performance: Performance, *, all_comments: bool = False) -> dict[str, bytes]:
    """Return the files of an export."""
    with database.reading() as connection:
        return export_files(connection, performance, all_comments=all_comments)


def frame(content: bytes) -> pandas.DataFrame:
    """Return a table as pandas reads it."""
    return pandas.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)


def test_answers_come_back_in_pandas_one_row_per_respondent_and_wave(
    sqlite_database: Database, evening: Performance
) -> None:
    table = frame(files(sqlite_database, evening)["answers.csv"])
    assert list(table["wave"].value_counts().sort_index().items()) == [("after", 12), ("before", 12)]
    after = table[table["wave"] == "after"]
    assert set(after["share_with"]) == {"gp;family"}
    assert set(after["trust_nhs"]) == {"7"}
    assert set(after["after_reveal"]) == {"home_system"}
    assert set(table[table["wave"] == "before"]["share_with"]) == {"(not asked)"}
    assert set(table[table["wave"] == "before"]["research_nhs"]) == {""}
    assert sorted(map(int, after["respondent"])) == list(range(1, 13))


def test_before_and_after_stay_linked_and_the_same_answers_make_the_same_files(
    sqlite_database: Database, evening: Performance
) -> None:
    exported = files(sqlite_database, evening)
    table = frame(exported["answers.csv"])
    before = table[table["wave"] == "before"].set_index("respondent")["home_system"]
    assert (
        list(before) == ["acceptable"] * 6 + ["depends"] * 6
    )  # they came by turns: order of arrival is nowhere
    assert set(before.index) == set(table[table["wave"] == "after"]["respondent"])
    assert files(sqlite_database, evening) == exported


def test_comments_stand_apart_and_lead_to_nobody(sqlite_database: Database, evening: Performance) -> None:
    exported = files(sqlite_database, evening, all_comments=True)
    quotable, others = frame(exported["comments.csv"]), frame(exported["comments-not-to-quote.csv"])
    assert list(quotable.columns) == [
        "performance",
        "wave",
        "question",
        "comment",
        "may_be_quoted",
        "provenance",
    ]
    assert list(others.columns) == list(quotable.columns)
    assert list(zip(quotable["comment"], quotable["may_be_quoted"], strict=True)) == [
        ("'=HYPERLINK(1)", "yes")
    ]
    assert sorted(others["comment"]) == sorted(
        ["ＨELLO", "'＝1", 'With "quotes", commas;\nand lines', "'@you"]
    )
    assert set(others["may_be_quoted"]) == {"no"}
    for words in WORDS:
        assert words.encode() not in exported["answers.csv"]


def test_comments_without_the_tick_are_left_out_unless_asked_for(
    sqlite_database: Database, evening: Performance
) -> None:
    exported = files(sqlite_database, evening)
    assert "comments-not-to-quote.csv" not in exported
    assert not [name for name, content in exported.items() if b"@you" in content]
    assert "Comments without that tick are left out" in exported["about.txt"].decode("utf-8-sig")


def test_counts_hold_the_cards_too_with_their_mode_and_provenance(
    sqlite_database: Database, evening: Performance
) -> None:
    table = frame(files(sqlite_database, evening)["counts.csv"])
    cards = table[table["mode"] == "card"]
    assert list(zip(cards["provenance"], cards["option"], cards["count"], cards["base"], strict=True)) == [
        ("counted", "not_acceptable", "12", "42"),
        ("counted", "depends", "not offered", "42"),
        ("counted", "acceptable", "30", "42"),
    ]


def test_the_codebook_knows_every_code_in_the_answers(
    sqlite_database: Database, evening: Performance
) -> None:
    exported = files(sqlite_database, evening)
    book, answers = frame(exported["codebook.csv"]), frame(exported["answers.csv"])
    codes = set(zip(book["question"], book["option"], strict=True))
    for question in answers.columns[8:-1]:
        for cell in answers[question]:
            assert all((question, option) in codes or ("", option) in codes for option in cell.split(";"))
    likely = book[(book["question"] == "research_nhs") & (book["option"] == "very_likely")].iloc[0]
    assert (likely["label"], likely["class"], likely["wave"], likely["kind"]) == (
        "Very likely",
        "agree",
        "before;after",
        "scale",
    )
    assert likely["wording"].endswith("by the following organisations? NHS")
    assert set(book[book["exclusive"] == "yes"]["option"]) == {"none", "no_concerns"}
    assert book[book["question"] == "differently"]["option"].tolist() == [""]


def test_every_table_has_a_byte_order_mark_and_no_cell_that_runs(
    sqlite_database: Database, evening: Performance
) -> None:
    for name, content in files(sqlite_database, evening).items():
        assert content.startswith(b"\xef\xbb\xbf"), name
        if name.endswith(".csv"):
            for cell in frame(content).to_numpy().ravel():
                assert not cell.startswith(tuple("=+-@\t\r＝＋－＠")), (name, cell)


def test_the_export_says_where_its_evidence_comes_from_and_no_time(
    sqlite_database: Database, evening: Performance
) -> None:
    about = files(sqlite_database, evening)["about.txt"].decode("utf-8-sig")
    assert "The Nest, 20 March 2026, Upstairs Theatre" in about
    assert "nobody knows how many" in about
    assert "Responses: 12 before, 12 after." in about
    assert "- collected" in about
    assert "- counted: =Red cards" in about
    assert "Keep these files no longer than 2099-03-20." in about


def test_exported_answers_can_be_imported_into_another_performance(
    sqlite_database: Database, evening: Performance, given: Callable[..., Given], past: Performance
) -> None:
    text = files(sqlite_database, evening)["answers.csv"].replace(evening.code.encode(), past.code.encode())
    table = read_import(text, given(), name="answers.csv")
    sqlite_database.write(lambda connection: store_import(connection, table))
    with sqlite_database.reading() as connection:
        private = [part for part in counts(connection, [evening.id]) if part.mode is Mode.PHONE]
        again = counts(connection, [past.id])
        assert [(part.question, part.wave, part.base, part.counts) for part in again] == [
            (part.question, part.wave, part.base, part.counts) for part in private
        ]
        assert {part.provenance for part in again} == {Provenance.IMPORTED}
        assert [pair.counts for pair in pairs(connection, [past.id])] == [
            pair.counts for pair in pairs(connection, [evening.id])
        ]


def test_an_export_of_an_empty_performance_has_its_columns_and_codebook(
    sqlite_database: Database, past: Performance
) -> None:
    exported = files(sqlite_database, past)
    assert list(frame(exported["answers.csv"]).columns)[:4] == ["performance", "respondent", "wave", "mode"]
    assert len(frame(exported["answers.csv"])) == 0
    assert len(frame(exported["codebook.csv"])) > 50


def test_what_was_counted_in_the_room_and_noted_comes_back_in_pandas(
    sqlite_database: Database, evening: Performance
) -> None:
    def discussion(connection: Connection) -> str:
        poll = ask_now(connection, evening, poll_content("Lights up?", ["Yes", "No"]))
        for raised, options in (
            (
                Raised(evening.id, "research_nhs", Wave.AFTER, Mode.CARD),
                {"class:agree": 20, "class:disagree": 3},
            ),
            (Raised(evening.id, poll.question.id, Wave.AFTER, Mode.HANDS), {"option_1": 9, "option_2": 8}),
        ):
            for helper in HELPERS:
                count_block(connection, raised, "Row A", helper=helper, counts=options)
        add_note(connection, evening.id, "=1+1", cue="@stage")
        add_note(connection, evening.id, "Ask me\nfirst", quotation=True, speaker="+Ada")
        return poll.question.id

    poll_id = sqlite_database.write(discussion)
    exported = files(sqlite_database, evening)

    table = frame(exported["counts.csv"])
    settled = table[table["provenance"] == "counted"][["question", "mode", "option", "count", "base"]]
    assert {tuple(row) for row in settled.to_numpy()} >= {
        ("research_nhs", "card", "class:agree", "20", "23"),
        ("research_nhs", "card", "class:disagree", "3", "23"),
        (poll_id, "hands", "option_1", "9", "17"),
    }
    book = frame(exported["codebook.csv"])
    asked = book[book["question"] == poll_id]
    assert asked[["version", "wording", "option", "label"]].to_numpy().tolist() == [
        ["poll", "Lights up?", "option_1", "Yes"],
        ["poll", "Lights up?", "option_2", "No"],
    ]
    noted = frame(exported["notes.csv"])
    assert list(noted.columns) == [
        "number",
        "minutes_since_start",
        "on_stage",
        "kind",
        "text",
        "speaker_named_with_permission",
    ]
    assert noted.to_numpy().tolist() == [
        ["1", "0", "'@stage", "note", "'=1+1", ""],
        ["2", "0", "", "quotation", "Ask me\nfirst", "'+Ada"],
    ]
    about = exported["about.txt"].decode("utf-8-sig")
    assert "notes.csv: what a facilitator or a scribe wrote down" in about
    assert "Counted in the room: research_nhs, after, card. Blocks: 1 counted alike by two people" in about
