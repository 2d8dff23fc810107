"""Nothing is shown by itself: reveal, hide and freeze, in small rooms and in large ones."""

import pytest
from sqlalchemy import Connection

from survey.model import Mode, Provenance, Wave
from survey.publication import NotYet, ResultState, freeze_question, late_answers, write_final_checkpoints
from survey.storage.checkpoints import checkpoints
from survey.storage.database import Database
from survey.storage.evidence import add_source, add_tally
from survey.storage.performances import close_wave, finish_performance
from tests.publication.evening import Evening, an_evening

HOME = "home_system"


def freeze(evening: Evening, question: str = HOME) -> None:
    asked = evening.question(question)
    evening.database.write(
        lambda connection: freeze_question(connection, evening.performance, asked, Wave.AFTER)
    )


def close(evening: Evening) -> None:
    performance = evening.performance

    def act(connection) -> None:  # type: ignore[no-untyped-def]
        write_final_checkpoints(connection, performance)
        close_wave(connection, performance.id)

    evening.database.write(act)


def bases(evening: Evening, question: str = HOME) -> list[int]:
    with evening.database.reading() as connection:
        return [step.base for step in checkpoints(connection, evening.id, Wave.AFTER, question)]


def test_a_question_nobody_revealed_waits(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 30, "depends": 10})
    result = evening.look(HOME)
    assert (result.state, result.bars, result.spoken) == (ResultState.WAITING, (), "")


def test_below_ten_answers_a_reveal_is_refused_kindly(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 5, "depends": 4})
    with pytest.raises(NotYet, match="Fewer than 10"):
        evening.reveal(HOME)
    assert evening.look(HOME).state is ResultState.WAITING


def test_a_reveal_shows_all_answers_so_far(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 5, "depends": 4, "not_acceptable": 3})
    evening.reveal(HOME)
    result = evening.look(HOME)
    assert [(bar.label, bar.shown) for bar in result.bars] == [
        ("Not acceptable", "3"),
        ("It depends", "4"),
        ("Acceptable", "5"),
    ]
    assert result.base_words == "of the 12 people who answered"


@pytest.mark.parametrize("expected", [None, 25, 59])
def test_in_a_small_room_nothing_moves_after_the_reveal(evening: Evening, expected: int | None) -> None:
    evening.expect(expected)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    first = evening.look(HOME)
    evening.answers(HOME, {"acceptable": 5, "depends": 5})
    assert evening.look(HOME) == first


def test_in_a_small_room_a_second_reveal_needs_as_many_more_and_two_options_that_rose(
    evening: Evening,
) -> None:
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    first = evening.look(HOME)
    evening.answers(HOME, {"acceptable": 7, "depends": 5})
    evening.reveal(HOME)
    assert evening.look(HOME) == first
    evening.answers(HOME, {"depends": 1})
    evening.reveal(HOME)
    assert evening.look(HOME).base_words == "of the 25 people who answered"


def test_while_questions_are_open_a_second_reveal_shows_no_remainder_as_their_closing_would(
    evening: Evening,
) -> None:
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 20, "depends": 20})
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 8, "depends": 7})
    evening.reveal(HOME)
    assert bases(evening) == [40]
    close(evening)
    assert bases(evening) == [40, 55]


def test_however_many_more_of_one_opinion_never_show(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 20})
    evening.reveal(HOME)
    assert bases(evening) == [12]


def test_in_a_large_room_the_picture_moves_when_its_answers_have_doubled(evening: Evening) -> None:
    evening.expect(60)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    seen = []
    for option in ("acceptable", "depends") * 7:
        evening.answer(HOME, option)
        seen.append(evening.look(HOME).base_words)
    assert seen == ["of the 12 people who answered"] * 12 + ["of the 25 people who answered"] * 2


def test_pressed_after_every_pair_of_answers_a_result_stands_at_ten_twenty_six_and_sixty_four(
    evening: Evening,
) -> None:
    for people in range(1, 33):
        evening.answers(HOME, {"acceptable": 1, "depends": 1})
        if people >= 5:
            evening.reveal(HOME)
    assert bases(evening) == [10, 26, 64]


def test_a_hidden_result_stays_hidden_and_comes_back_as_it_was(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    first = evening.look(HOME)
    evening.hide(HOME)
    assert (evening.look(HOME).state, evening.look(HOME).bars) == (ResultState.HIDDEN, ())
    evening.answers(HOME, {"acceptable": 2})
    evening.reveal(HOME)
    assert evening.look(HOME) == first


def test_a_frozen_result_holds_in_a_large_room_until_it_is_revealed_again(evening: Evening) -> None:
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    freeze(evening)
    evening.answers(HOME, {"acceptable": 7, "depends": 7})
    assert (evening.look(HOME).base_words, evening.look(HOME).frozen) == (
        "of the 12 people who answered",
        True,
    )
    evening.reveal(HOME)
    assert (evening.look(HOME).base_words, evening.look(HOME).frozen) == (
        "of the 26 people who answered",
        False,
    )


def test_what_was_never_shown_cannot_be_frozen(evening: Evening) -> None:
    with pytest.raises(NotYet):
        freeze(evening)


def test_a_comment_never_becomes_a_result(evening: Evening) -> None:
    with pytest.raises(NotYet):
        evening.reveal("differently")
    assert evening.look("differently").state is ResultState.WAITING


def test_at_closing_a_remainder_of_four_stays_out(evening: Evening) -> None:
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 2, "depends": 2})
    close(evening)
    assert (bases(evening), evening.look(HOME).base_words) == ([12], "of the 12 people who answered")


def test_answers_after_the_last_step_are_late_once_the_questions_are_closed(evening: Evening) -> None:
    def late(base: int) -> int:
        asked = evening.question(HOME)
        with evening.database.reading() as connection:
            return late_answers(connection, evening.performance, asked, Wave.AFTER, base)

    evening.expect(120)
    evening.answers(HOME, {"acceptable": 20, "depends": 20})
    assert late(40) == 0  # open, and without a step
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 20, "depends": 20})
    assert evening.look(HOME).base_words == "in 100 of the 80 who answered"
    evening.answers(HOME, {"acceptable": 3})
    assert late(83) == 0
    close(evening)
    assert (bases(evening), late(83), late(80)) == ([40, 80], 3, 0)


def test_a_question_nobody_answered_has_no_late_answers(evening: Evening) -> None:
    close(evening)
    with evening.database.reading() as connection:
        assert late_answers(connection, evening.performance, evening.question(HOME), Wave.AFTER, 4) == 0


def test_six_sheets_typed_in_later_wait_until_they_are_ten(evening: Evening) -> None:
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 13, "depends": 13})
    evening.reveal(HOME)
    close(evening)
    first = evening.look(HOME)
    evening.sheets(HOME, {"acceptable": 5, "depends": 1})
    evening.reveal(HOME)
    assert evening.look(HOME) == first
    evening.sheets(HOME, {"depends": 4})
    evening.reveal(HOME)
    assert evening.look(HOME).base_words == "in 100 of the 36 who answered, on phones and on paper"


def test_sheets_that_come_together_with_phones_are_never_left_out(evening: Evening) -> None:
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 13, "depends": 13})
    evening.reveal(HOME)
    evening.sheets(HOME, {"acceptable": 3})
    evening.answers(HOME, {"depends": 2})
    close(evening)
    assert bases(evening) == [26, 31]


def test_a_step_is_captioned_with_how_its_own_answers_came(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 30, "depends": 30})
    evening.reveal(HOME)
    first = evening.look(HOME)
    evening.sheets(HOME, {"acceptable": 3, "depends": 2})
    assert evening.look(HOME) == first
    assert first.base_words == "in 100 of the 60 who answered"


def test_at_closing_every_question_gets_its_last_step(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.answers("ask_first", {"always": 9})
    close(evening)
    assert (bases(evening), bases(evening, "ask_first")) == ([12], [])
    assert evening.look(HOME).state is ResultState.WAITING


def test_finishing_keeps_the_picture_the_room_saw_last(evening: Evening) -> None:
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 5, "depends": 5})
    last = evening.look(HOME)
    evening.database.write(lambda connection: finish_performance(connection, evening.id))
    assert (evening.look(HOME).bars, evening.look(HOME).base_words) == (last.bars, last.base_words)


def test_two_who_look_at_once_write_a_step_once(evening: Evening) -> None:
    from survey.publication import write_due_checkpoints

    evening.expect(120)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 7, "depends": 7})
    performance = evening.performance
    written = [
        evening.database.write(lambda connection: write_due_checkpoints(connection, performance))
        for _look in range(3)
    ]
    assert (written, bases(evening)) == ([1, 0, 0], [12, 26])


def test_before_and_after_are_revealed_apart(evening: Evening) -> None:
    evening.open(Wave.BEFORE)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.open(Wave.AFTER)
    evening.answers(HOME, {"acceptable": 3, "depends": 12})
    evening.reveal(HOME, Wave.BEFORE)
    assert (
        evening.look(HOME, Wave.BEFORE).base_words == "of the 12 people who answered before the performance"
    )
    assert evening.look(HOME, Wave.AFTER).state is ResultState.WAITING


def test_reveal_steps_and_freezing_hold_on_either_database(database: Database) -> None:
    evening = an_evening(database)
    evening.expect(120)
    evening.answers(HOME, {"acceptable": 6, "depends": 6})
    evening.reveal(HOME)
    evening.answers(HOME, {"acceptable": 12})
    assert evening.look(HOME).base_words == "of the 12 people who answered"
    evening.answers(HOME, {"depends": 1})
    assert evening.look(HOME).base_words == "of the 25 people who answered"
    freeze(evening)
    evening.answers(HOME, {"acceptable": 20, "depends": 20})
    assert (evening.look(HOME).base_words, bases(evening)) == ("of the 25 people who answered", [12, 25])


def test_phones_and_paper_count_in_one_base_and_raised_cards_do_not(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 15, "depends": 15})

    def key_in(connection: Connection) -> None:
        keyed = add_source(connection, evening.id, Provenance.KEYED, "sheets from the bar")
        counted = add_source(connection, evening.id, Provenance.COUNTED, "cards raised in the bar")
        for source, mode, people in ((keyed, Mode.PAPER, 10), (counted, Mode.CARD, 60)):
            add_tally(
                connection,
                source,
                wave=Wave.AFTER,
                mode=mode,
                question=HOME,
                counts={"not_acceptable": people},
                base=people,
            )

    evening.database.write(key_in)
    evening.reveal(HOME)
    result = evening.look(HOME)
    assert result.base_words == "in 100 of the 40 who answered, rounded, on phones and on paper"
    assert [bar.shown for bar in result.bars] == ["25", "38", "38"]


def test_invented_answers_say_so_wherever_they_show(evening: Evening) -> None:
    evening.answers(HOME, {"acceptable": 15, "depends": 15})

    def invent(connection: Connection) -> None:
        source = add_source(connection, evening.id, Provenance.DEMONSTRATION, "invented")
        add_tally(
            connection, source, wave=Wave.AFTER, mode=Mode.PAPER, question=HOME, counts={"depends": 5}, base=5
        )

    evening.database.write(invent)
    evening.reveal(HOME)
    assert evening.look(HOME).marks == ("Demonstration: invented answers",)
