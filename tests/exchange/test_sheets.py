"""Tables of paper sheets: the same two words are one person, here and on a phone; wrong ones say so and store nothing."""

from collections.abc import Callable

import pytest

from survey.exchange import (
    AlreadyImported,
    Given,
    TableWrong,
    check_import,
    check_sheets,
    export_files,
    read_import,
    store_import,
)
from survey.exchange.sheets import Joined
from survey.model import Mode, Performance, Wave
from survey.storage.counts import pairs
from survey.storage.database import Database
from survey.storage.performances import finish_performance, open_wave, performance_by_id
from survey.storage.responses import response_counts, responses_count
from survey.storage.seats import card_pairs, phone_pairs, sheet_pairs
from survey.storage.two_words import Words, join_by_words
from tests.databases import add_nest_performance
from tests.exchange.test_importing import checked, complaints
from tests.storage.phones import filled, send
from tests.storage.test_two_words import own_words

MakeGiven = Callable[..., Given]


@pytest.fixture
def evening(sqlite_database: Database, past: Performance) -> Performance:
    """The same performance; a phone has answered *before*, and *after* is open."""
    sqlite_database.write(lambda connection: open_wave(connection, past.id, Wave.BEFORE))
    send(sqlite_database, now(sqlite_database, past), "mine", filled(home_system="depends"))
    sqlite_database.write(lambda connection: open_wave(connection, past.id, Wave.AFTER))
    return now(sqlite_database, past)


def now(database: Database, performance: Performance) -> Performance:
    with database.reading() as connection:
        return performance_by_id(connection, performance.id)


def sheet(performance: Performance, number: int) -> str:
    """The words of a sheet, as they are printed."""
    assert performance.seat_key is not None
    return sheet_pairs(performance.seat_key)[number - 1].shown("en")


def table(*rows: str) -> str:
    return "\n".join(("words,sheet,wave,mode,home_system", *rows)) + "\n"


def store(database: Database, text: str, given: Given) -> Joined:
    read = checked(text, given)
    return database.write(lambda connection: store_import(connection, read)).joined


def dry_run(database: Database, text: str, given: Given) -> Joined:
    with database.reading() as connection:
        return check_sheets(connection, checked(text, given).responses)


def wrong(database: Database, text: str, given: Given) -> list[str]:
    """What is wrong with words that can be read; nothing may be stored."""
    with database.reading() as connection:
        earlier = [responses_count(connection, given.find(given.performance).performance.id, w) for w in Wave]  # type: ignore[union-attr]
    with pytest.raises(TableWrong) as raised:
        store(database, text, given)
    with database.reading() as connection:
        assert earlier == [
            responses_count(connection, given.find(given.performance).performance.id, w)  # type: ignore[union-attr]
            for w in Wave
        ]
    return list(raised.value.complaints)


def linked(database: Database, performance: Performance) -> int:
    with database.reading() as connection:
        return sum(sum(each.counts.values()) for each in pairs(connection, [performance.id]))


def test_the_same_words_are_one_person_in_any_order_of_rows_words_and_language(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    assert evening.seat_key is not None
    second = sheet_pairs(evening.seat_key)[1]
    text = table(
        f"{sheet(evening, 1)},1,after,paper,acceptable",
        f"{second.shown('pl')},2,before,paper,depends",
        f"{sheet(evening, 1).upper()},1,before,paper,depends",
        f"{'-'.join(reversed(second.shown('en').split()))},2,after,paper,depends",
        f"{sheet(evening, 3)},3,before,paper,depends",
        ",,before,paper,depends",
    )
    read = checked(text, given())

    assert read.people == 4
    assert dry_run(sqlite_database, text, given()) == Joined(people=2)
    assert linked(sqlite_database, evening) == 0  # a dry run stores nothing
    assert store(sqlite_database, text, given()) == Joined(people=2)
    assert linked(sqlite_database, evening) == 2


def test_a_page_after_with_a_phones_words_joins_that_phone(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    shown = own_words(sqlite_database, evening, "mine").shown("en")
    text = table(f"{shown},5,after,paper,acceptable")

    joined = dry_run(sqlite_database, text, given())
    assert joined.words == "Two words join before and after of 1 person, 1 of them with a phone's answers."
    assert store(sqlite_database, text, given()) == joined
    assert linked(sqlite_database, evening) == 1


def test_a_page_before_joins_the_phone_that_typed_its_words_after(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    assert evening.seat_key is not None
    pair = sheet_pairs(evening.seat_key)[0]
    send(sqlite_database, evening, "late", filled(home_system="acceptable"))
    kept = sqlite_database.write(
        lambda connection: join_by_words(connection, evening, pair, wave=Wave.AFTER, seat="late")
    )
    assert kept is Words.KEPT

    text = table(f"{sheet(evening, 1)},1,before,paper,depends")
    assert store(sqlite_database, text, given()) == Joined(people=1, with_phones=1)
    assert linked(sqlite_database, evening) == 1


def test_sheets_typed_in_later_find_those_typed_in_earlier(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    store(sqlite_database, table(f"{sheet(evening, 1)},1,before,paper,depends"), given())

    later = table(f"{sheet(evening, 1)},1,after,paper,acceptable")
    assert store(sqlite_database, later, given()) == Joined(people=1)
    assert linked(sqlite_database, evening) == 1


def test_words_that_cannot_be_read_say_so_in_their_row(evening: Performance, given: MakeGiven) -> None:
    text = table(
        "rivver lump,1,after,paper,acceptable",
        f"{sheet(evening, 1)},,after,phone,acceptable",
        f"{sheet(evening, 2)},no. 2?,after,paper,acceptable",
    )
    assert complaints(text, given()) == [
        "Row 2: 'rivver lump' are not two of our words. Look at the sheet again, or empty the cell.",
        "Row 3: Only paper sheets have two words. Empty the cell, or write the mode paper.",
        "Row 4: The sheet is 'no. 2?'. Write its number.",
    ]


def test_words_that_lead_nowhere_say_so_in_their_row_and_nothing_is_stored(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    assert evening.seat_key is not None
    shown = own_words(sqlite_database, evening, "mine").shown("en")
    nobody = next(phone_pairs(evening.seat_key, "nobody")).shown("en")
    text = table(
        f"{nobody},,after,paper,acceptable",
        f"{shown},,before,paper,acceptable",
        f"{sheet(evening, 4)},3,after,paper,acceptable",
        f"{sheet(evening, 4)},4,before,paper,acceptable",
    )
    assert wrong(sqlite_database, text, given()) == [
        f"Row 2: The two words “{nobody}” lead to nobody's answers and stand on no sheet. Look at them again, or empty the "
        "cell.",
        f"Row 3: The two words “{shown}” already have answers from before. Nothing replaces them: take this row out.",
        f"Row 4: The two words “{sheet(evening, 4)}” are not those of sheet 3. Look at the number and the words again.",
    ]


def test_the_same_words_twice_in_a_wave_are_never_two_answers_of_one_person(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    text = table(
        f"{sheet(evening, 1)},1,after,paper,acceptable", f"{sheet(evening, 1)},1,after,paper,depends"
    )
    assert complaints(text, given()) == [
        "Row 3: The same two words already have answers from after in row 2."
    ]


def test_a_respondent_and_two_words_that_contradict_each_other_are_not_guessed(
    evening: Performance, given: MakeGiven
) -> None:
    text = (
        "respondent,words,wave,mode,home_system\n"
        f"a,{sheet(evening, 1)},before,paper,depends\n"
        f"a,{sheet(evening, 2)},after,paper,depends\n"
        f"b,{sheet(evening, 1)},after,paper,depends\n"
    )
    assert complaints(text, given()) == [
        "Row 3: In row 2 these two words and this respondent do not go together. Write the same in both rows.",
        "Row 4: In row 2 these two words and this respondent do not go together. Write the same in both rows.",
    ]


def test_a_respondent_lends_its_words_to_a_page_on_which_nobody_could_read_them(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    text = (
        "respondent,words,wave,mode,home_system\n"
        f"a,,before,paper,depends\na,{sheet(evening, 1)},after,paper,acceptable\n"
    )
    assert store(sqlite_database, text, given()) == Joined(people=1)
    assert linked(sqlite_database, evening) == 1
    again = table(f"{sheet(evening, 1)},1,before,paper,depends")
    assert "already have answers from before" in wrong(sqlite_database, again, given())[0]


def test_a_cards_words_on_paper_are_known_too(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    assert evening.seat_key is not None
    card = card_pairs(evening.seat_key)[0].shown("en")
    text = table(f"{card},,before,paper,depends", f"{card},,after,paper,depends")
    assert store(sqlite_database, text, given()) == Joined(people=1)


def test_the_same_file_again_says_so_before_its_words_are_looked_at(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    text = table(f"{sheet(evening, 1)},1,after,paper,acceptable")
    store(sqlite_database, text, given())
    with pytest.raises(AlreadyImported):
        store(sqlite_database, text, given())


def test_a_finished_performance_takes_nothing_and_says_so(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    text = table(f"{sheet(evening, 1)},1,before,paper,depends", ",,before,paper,depends")
    read = checked(text, given())  # in time; the performance is finished while the table is looked at
    sqlite_database.write(lambda connection: finish_performance(connection, evening.id))
    for take in (check_import, store_import):
        with pytest.raises(TableWrong) as refused:
            sqlite_database.write(lambda connection: take(connection, read, again=True))
        assert list(refused.value.complaints) == [
            f"The performance {evening.code} is finished: its last figures are frozen, and it takes nothing more. Set up a "
            "performance of the same date for what is left; Compare can put the two together."
        ]
    with sqlite_database.reading() as connection:
        assert [responses_count(connection, evening.id, wave) for wave in Wave] == [1, 0]


def test_what_an_export_wrote_has_no_words_and_comes_in_again_paper_as_paper_and_phone_as_phone(
    sqlite_database: Database, evening: Performance, given: MakeGiven
) -> None:
    shown = own_words(sqlite_database, evening, "mine").shown("en")
    store(sqlite_database, table(f"{shown},1,after,paper,acceptable"), given())
    with sqlite_database.reading() as connection:
        exported = export_files(connection, evening)["answers.csv"]
    header = exported.decode("utf-8-sig").splitlines()[0]
    assert "words" not in header.split(",")
    assert "sheet" not in header.split(",")
    other = add_nest_performance(sqlite_database, version_id=evening.version_id, wave=None)
    again = read_import(
        exported.replace(evening.code.encode(), other.code.encode()), given(), name="answers.csv"
    )
    assert again.people == 1
    sqlite_database.write(lambda connection: store_import(connection, again))
    with sqlite_database.reading() as connection:
        assert {(each.wave, each.mode) for each in response_counts(connection, [other.id])} == {
            (Wave.BEFORE, Mode.PHONE),
            (Wave.AFTER, Mode.PAPER),
        }
    assert linked(sqlite_database, other) == 1
