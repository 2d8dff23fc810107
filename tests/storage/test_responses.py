"""A response: sending again replaces, one seat is one respondent, nothing of an empty form is stored."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from survey.model import (
    Comment,
    Filled,
    Mode,
    Performance,
    Provenance,
    ResponseCount,
    ResponseStanding,
    RevealState,
    Wave,
)
from survey.storage.checkpoints import set_reveal
from survey.storage.counts import counts
from survey.storage.database import Database
from survey.storage.exports import answer_rows, comment_rows
from survey.storage.performances import close_wave, finish_performance, open_wave, rehearse_wave
from survey.storage.responses import (
    ReceiptUnknown,
    WaveClosed,
    accept_held,
    discard_held,
    find_response,
    held_count,
    response_counts,
    responses_count,
    save_response,
    uncounted,
    waves_done,
)
from survey.storage.tables import answer, respondent, response
from survey.storage.waves import PerformanceFinished
from tests.databases import add_nest_performance
from tests.storage.phones import again, code_of, filled, send, sent


def count_of(database: Database, performance: Performance, wave: Wave = Wave.BEFORE) -> int:
    with database.reading() as connection:
        return responses_count(connection, performance.id, wave)


def test_an_answer_comes_back_as_it_was_given(database: Database, performance: Performance) -> None:
    form = filled(home_system="depends", research_nhs="very_likely")

    assert send(database, performance, "seat", form) is ResponseStanding.COUNTED

    assert sent(database, performance, "seat", Wave.BEFORE) == form
    with database.reading() as connection:
        assert waves_done(connection, performance, seat="seat") == {Wave.BEFORE}
        assert waves_done(connection, performance, seat="another") == set()


def test_answering_twice_keeps_one_response_with_the_newest_answers(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends", research_nhs="not_sure"))
    send(database, performance, "seat", filled(home_system="acceptable"))

    assert sent(database, performance, "seat", Wave.BEFORE) == filled(home_system="acceptable")
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(respondent)) == 1
        assert connection.scalar(select(func.count()).select_from(response)) == 1
        assert connection.scalar(select(func.count()).select_from(answer)) == 1


def test_twenty_taps_at_once_are_one_response(database: Database, performance: Performance) -> None:
    with ThreadPoolExecutor(20) as phones:
        forms = [filled(home_system="depends", research_nhs="not_sure")] * 20
        list(phones.map(lambda form: send(database, performance, "seat", form), forms))

    assert count_of(database, performance) == 1
    assert sent(database, performance, "seat", Wave.BEFORE) == forms[0]


def test_several_options_keep_the_order_in_which_they_are_offered(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=Wave.AFTER)
    form = filled(share_with=("gp", "family", "emergency"), trust_nhs="10")

    send(database, performance, "seat", form)

    assert sent(database, performance, "seat", Wave.AFTER) == form


def test_nothing_is_stored_of_an_empty_form(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", Filled())

    assert sent(database, performance, "seat", Wave.BEFORE) is None
    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(respondent)) == 0


def test_an_empty_form_does_not_take_back_what_was_sent(database: Database, performance: Performance) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    send(database, performance, "seat", Filled())

    assert sent(database, performance, "seat", Wave.BEFORE) == filled(home_system="depends")


def test_an_earlier_answer_stays_while_its_correction_needs_another_look(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends", research_nhs="not_sure"))
    wrong = replace(filled(research_nhs="very_likely"), problems={"home_system": "Choose one answer."})
    send(database, performance, "seat", wrong)

    stored = sent(database, performance, "seat", Wave.BEFORE)
    assert stored == filled(home_system="depends", research_nhs="very_likely")


def test_a_comment_comes_back_with_its_tick_for_showing_the_form_again(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=Wave.AFTER)
    said = Comment("differently", "I will ask my mother first.", quote_ok=True)
    send(database, performance, "seat", filled(said, share_with=("gp", "family")))

    with database.reading() as connection:
        found = find_response(connection, performance, seat="seat", wave=Wave.AFTER)

    assert found is not None
    assert found.comments == (said,)
    assert found.typed == {
        "share_with": ("gp", "family"),
        "differently": ("I will ask my mother first.",),
        "differently_quote": ("yes",),
    }


def test_changed_words_replace_a_comment_and_no_words_remove_it(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=Wave.AFTER)
    for words in ("First thought.", "Second thought."):
        send(database, performance, "seat", filled(Comment("differently", words), trust_nhs="5"))
        stored = sent(database, performance, "seat", Wave.AFTER)
        assert stored is not None
        assert [said.text for said in stored.comments] == [words]

    send(database, performance, "seat", filled(trust_nhs="5"))
    assert sent(database, performance, "seat", Wave.AFTER) == filled(trust_nhs="5")


def test_a_phone_that_answered_before_is_the_same_respondent_after(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))
    send(database, again(database, performance), "seat", filled(home_system="acceptable"))

    with database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(respondent)) == 1
        assert waves_done(connection, performance, seat="seat") == {Wave.BEFORE, Wave.AFTER}


def test_a_late_before_form_is_refused_and_says_what_is_open(
    database: Database, performance: Performance
) -> None:
    database.write(lambda connection: open_wave(connection, performance.id, Wave.AFTER))

    with pytest.raises(WaveClosed) as refused:
        send(database, performance, "seat", filled(home_system="depends"), wave=Wave.BEFORE)

    assert refused.value.open is Wave.AFTER
    assert count_of(database, performance) == 0


def test_a_form_after_closing_is_refused_even_if_the_page_was_read_before(
    database: Database, performance: Performance
) -> None:
    database.write(lambda connection: close_wave(connection, performance.id))

    with pytest.raises(WaveClosed) as refused:
        send(database, performance, "seat", filled(home_system="depends"))

    assert refused.value.open is None


def test_a_finished_performance_takes_no_answer(database: Database, performance: Performance) -> None:
    database.write(lambda connection: finish_performance(connection, performance.id))

    with pytest.raises(PerformanceFinished):
        send(database, performance, "seat", filled(home_system="depends"))


def test_more_responses_than_seats_are_held_for_the_organiser(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=3)
    standings = [send(database, performance, f"seat {n}", filled(home_system="depends")) for n in range(5)]

    assert standings == [ResponseStanding.COUNTED] * 3 + [ResponseStanding.HELD] * 2
    with database.reading() as connection:
        assert responses_count(connection, performance.id, Wave.BEFORE) == 3
        assert held_count(connection, performance.id) == 2
        assert [given.base for given in counts(connection, [performance.id])] == [3]


def test_a_held_response_may_be_changed_and_stays_held(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=1)
    send(database, performance, "first", filled(home_system="depends"))
    send(database, performance, "second", filled(home_system="depends"))

    assert send(database, performance, "second", filled(home_system="acceptable")) is ResponseStanding.HELD
    assert send(database, performance, "first", filled(home_system="acceptable")) is ResponseStanding.COUNTED


def test_exactly_the_seats_are_counted_when_everybody_sends_at_once(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=20)
    with ThreadPoolExecutor(30) as phones:
        list(
            phones.map(
                lambda n: send(database, performance, f"{n}", filled(home_system="depends")), range(60)
            )
        )

    assert count_of(database, performance) == 20


def test_a_code_knows_whether_what_is_under_it_counts(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=1)
    for seat in ("first", "second"):
        send(database, performance, seat, filled(home_system="depends"))

    def aside(seat: str) -> bool:
        with database.reading() as connection:
            return uncounted(connection, code_of(performance, seat))

    assert [aside("first"), aside("second"), aside("nobody")] == [False, True, False]
    database.write(lambda connection: discard_held(connection, performance.id))
    assert aside("second")
    send(database, performance, "third", filled(home_system="depends"))
    assert aside("third")
    database.write(lambda connection: accept_held(connection, performance.id))
    assert [aside("second"), aside("third")] == [True, False]


def test_what_is_held_counts_in_no_figure_until_it_is_accepted(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=1)
    words = Comment("differently", "Ask first.", True)
    send(database, performance, "first", filled(home_system="depends"))
    send(database, performance, "second", filled(words, home_system="acceptable"))

    def figures() -> tuple[list[int], int, int, int]:
        with database.reading() as connection:
            return (
                [given.base for given in counts(connection, [performance.id])],
                sum(part.count for part in response_counts(connection, [performance.id])),
                len(answer_rows(connection, performance.id)),
                len(comment_rows(connection, performance.id)),
            )

    assert figures() == ([1], 1, 1, 0)
    database.write(lambda connection: accept_held(connection, performance.id))
    assert figures() == ([2], 2, 2, 1)


def test_the_organiser_accepts_or_discards_what_is_held(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=1)
    for n in range(3):
        send(database, performance, f"seat {n}", filled(home_system="depends"))

    assert database.write(lambda connection: accept_held(connection, performance.id)) == 2
    assert count_of(database, performance) == 3

    send(database, performance, "one more", filled(home_system="depends"))
    assert database.write(lambda connection: discard_held(connection, performance.id)) == 1
    assert count_of(database, performance) == 3
    with database.reading() as connection:
        assert held_count(connection, performance.id) == 0


def test_no_seats_known_holds_nothing(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, capacity=None)
    standings = {send(database, performance, f"{n}", filled(home_system="depends")) for n in range(5)}

    assert standings == {ResponseStanding.COUNTED}


def test_responses_are_counted_by_wave_mode_and_provenance(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))

    with database.reading() as connection:
        assert response_counts(connection, [performance.id]) == [
            ResponseCount(performance.id, Wave.BEFORE, Mode.PHONE, Provenance.COLLECTED, 1)
        ]


def test_rehearsal_counts_while_it_is_all_there_is_and_never_afterwards(
    database: Database, nest_version: str
) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None)
    database.write(lambda connection: rehearse_wave(connection, performance.id, Wave.BEFORE))
    send(database, performance, "trial", filled(home_system="depends"))
    with database.reading() as connection:
        assert [row.provenance for row in response_counts(connection, [performance.id])] == ["rehearsal"]

    database.write(lambda connection: open_wave(connection, performance.id, Wave.BEFORE))

    assert count_of(database, performance) == 0


def test_the_phone_that_rehearsed_answers_for_real(database: Database, nest_version: str) -> None:
    performance = add_nest_performance(database, version_id=nest_version, wave=None)
    for wave in (Wave.AFTER, Wave.BEFORE):
        database.write(lambda connection: rehearse_wave(connection, performance.id, wave))
        send(database, performance, "phone", filled(home_system="depends"), wave=wave)
    database.write(lambda connection: open_wave(connection, performance.id, Wave.BEFORE))

    send(database, performance, "phone", filled(home_system="acceptable"), wave=Wave.BEFORE)

    with database.reading() as connection:
        assert response_counts(connection, [performance.id]) == [
            ResponseCount(performance.id, Wave.BEFORE, Mode.PHONE, Provenance.COLLECTED, 1)
        ]


def reveal(database: Database, performance: Performance, state: RevealState) -> None:
    database.write(
        lambda connection: set_reveal(connection, performance.id, Wave.BEFORE, "home_system", state, 1)
    )


def late_answers(database: Database) -> dict[str, bool]:
    with database.reading() as connection:
        return {row.question: row.after_reveal for row in connection.execute(select(answer))}


def test_an_answer_sent_after_the_result_was_shown_says_so(
    database: Database, performance: Performance
) -> None:
    reveal(database, performance, RevealState.SHOWN)
    send(database, performance, "seat", filled(home_system="depends", research_nhs="not_sure"))

    assert late_answers(database) == {"home_system": True, "research_nhs": False}


def test_hiding_a_result_again_does_not_unsee_it(database: Database, performance: Performance) -> None:
    reveal(database, performance, RevealState.SHOWN)
    reveal(database, performance, RevealState.HIDDEN)
    send(database, performance, "seat", filled(home_system="depends"))

    assert late_answers(database) == {"home_system": True}


def test_a_result_that_stayed_hidden_marks_nothing(database: Database, performance: Performance) -> None:
    reveal(database, performance, RevealState.HIDDEN)
    send(database, performance, "seat", filled(home_system="depends"))

    assert late_answers(database) == {"home_system": False}


@pytest.mark.parametrize(("second", "late"), [("depends", False), ("acceptable", True)])
def test_sending_the_same_answer_again_after_the_reveal_keeps_its_mark_and_another_does_not(
    database: Database, performance: Performance, second: str, late: bool
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    reveal(database, performance, RevealState.SHOWN)
    send(database, performance, "seat", filled(home_system=second))

    assert late_answers(database) == {"home_system": late}


def test_a_receipt_code_stands_for_its_seat_when_answers_are_changed(
    database: Database, performance: Performance
) -> None:
    send(database, performance, "seat", filled(home_system="depends"))
    change = filled(home_system="acceptable")
    database.write(
        lambda connection: save_response(
            connection,
            performance,
            seat="a new phone",
            wave=Wave.BEFORE,
            version_id=performance.version_id,
            language="en",
            filled=change,
            receipt_code=code_of(performance, "seat").lower(),
        )
    )

    assert sent(database, performance, "seat", Wave.BEFORE) == change
    assert count_of(database, performance) == 1


def test_a_wrong_receipt_code_changes_nothing(database: Database, performance: Performance) -> None:
    with pytest.raises(ReceiptUnknown):
        database.write(
            lambda connection: save_response(
                connection,
                performance,
                seat="seat",
                wave=Wave.BEFORE,
                version_id=performance.version_id,
                language="en",
                filled=filled(home_system="depends"),
                receipt_code="0000-0000-0000-0000",
            )
        )

    assert count_of(database, performance) == 0


def test_no_seat_and_no_receipt_stands_in_the_database(database: Database, performance: Performance) -> None:
    send(database, performance, "the-seat-token", filled(home_system="depends"))
    code = code_of(performance, "the-seat-token")

    with database.reading() as connection:
        rows = str([tuple(row) for row in connection.execute(select(respondent))])
    assert "the-seat-token" not in rows
    assert code not in rows
    assert code.replace("-", "") not in rows
