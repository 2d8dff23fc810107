"""What the room is shown: steps that never move, a stage whose revision grows, reveals that stay seen."""

from concurrent.futures import ThreadPoolExecutor

from survey.model import Mode, Performance, Provenance, RevealState, Wave, Way
from survey.storage.checkpoints import Checkpoint, RevealRow, add_checkpoint, checkpoints, reveals, set_reveal
from survey.storage.database import Database
from survey.storage.rooms import Room, room, show

PAPER = Way(Mode.PAPER, "pl", Provenance.KEYED)


def write_step(database: Database, performance: Performance, step: int, base: int) -> bool:
    return database.write(
        lambda connection: add_checkpoint(
            connection,
            performance.id,
            Wave.BEFORE,
            "home_system",
            step=step,
            base=base,
            counts={"depends": base},
            ways={PAPER: base},
            final=step == 3,
        )
    )


def test_checkpoints_come_back_in_steps(database: Database, performance: Performance) -> None:
    for step, base in ((2, 15), (1, 10), (3, 22)):
        assert write_step(database, performance, step, base)

    with database.reading() as connection:
        assert checkpoints(connection, performance.id, Wave.BEFORE, "home_system") == [
            Checkpoint(1, 10, {"depends": 10}, False, {PAPER: 10}),
            Checkpoint(2, 15, {"depends": 15}, False, {PAPER: 15}),
            Checkpoint(3, 22, {"depends": 22}, True, {PAPER: 22}),
        ]
        assert checkpoints(connection, performance.id, Wave.AFTER, "home_system") == []


def test_two_writers_of_one_step_store_the_first(database: Database, performance: Performance) -> None:
    with ThreadPoolExecutor(8) as writers:
        stored = list(writers.map(lambda base: write_step(database, performance, 1, base), range(10, 18)))

    assert stored.count(True) == 1
    with database.reading() as connection:
        (only,) = checkpoints(connection, performance.id, Wave.BEFORE, "home_system")
    assert only.base == 10 + stored.index(True)


def test_the_stage_begins_with_how_to_join_and_each_change_has_a_number(
    database: Database, performance: Performance
) -> None:
    with database.reading() as connection:
        assert room(connection, performance.id) == Room({"view": "join"}, 0)
    for number, showing in enumerate(({"view": "black"}, {"view": "question", "question": "home_system"}), 1):
        database.write(lambda connection: show(connection, performance.id, showing))
        with database.reading() as connection:
            assert room(connection, performance.id) == Room(showing, number)


def test_a_reveal_that_was_seen_stays_seen(database: Database, performance: Performance) -> None:
    for state, step, seen in (
        (RevealState.HIDDEN, None, False),
        (RevealState.SHOWN, 1, True),
        (RevealState.FROZEN, 2, True),
        (RevealState.HIDDEN, None, True),
    ):
        database.write(
            lambda connection: set_reveal(connection, performance.id, Wave.BEFORE, "home_system", state, step)
        )
        with database.reading() as connection:
            assert reveals(connection, performance.id) == [
                RevealRow(Wave.BEFORE, "home_system", state, step, seen)
            ]
