"""Before and after as the public sees it: the same people, from a step stored once no answers come in any more (rule 6)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey.analysis.changes import Change, change_of, changes, questions_followed
from survey.analysis.figures import few, suppressed, whole_in_100
from survey.analysis.sentences.changes import brief_sentence, change_sentence
from survey.analysis.sentences.phrases import agreed
from survey.analysis.shares import Tally
from survey.analysis.suppression import HIDDEN, ShownChange, follows, shown_change
from survey.language import _
from survey.model import Pairs, Performance, Question, Wave, Way
from survey.publication.checkpoints import agreed_in, change_key, newer_figures, write_result
from survey.publication.evidence import evidence, ways_of
from survey.publication.figures import Bar, ResultState, Tone
from survey.publication.juries import is_jury, margins, margins_sentence
from survey.publication.result import step_marks
from survey.storage.checkpoints import Checkpoint, add_checkpoint, checkpoints
from survey.storage.counts import pairs
from survey.storage.database import Connection
from survey.storage.questionnaires import find_version

CELLS = ("stayed_agree", "moved_to", "moved_away", "stayed_not")


@dataclass(frozen=True)
class Flow:
    """The 2×2 picture: how many people stayed agreeing, moved to it, moved away, stayed not agreeing.

    ``did`` and ``did_not`` name the two sides, in words that follow a number: "38 said likely".
    """

    stayed_agree: int
    moved_to: int
    moved_away: int
    stayed_not: int
    did: str
    did_not: str

    @property
    def base(self) -> int:
        """How many people these are."""
        return self.stayed_agree + self.moved_to + self.moved_away + self.stayed_not

    @property
    def before(self) -> int:
        """How many agreed before."""
        return self.stayed_agree + self.moved_away

    @property
    def after(self) -> int:
        """How many agreed after."""
        return self.stayed_agree + self.moved_to


@dataclass(frozen=True)
class PublicChange:
    """One question before and after as stage and phones may show it.

    ``state`` is waiting or shown. ``flow`` is the 2×2 picture where all its numbers may be seen, else ``bars`` names
    the movements; where nearly everyone did the same there is neither, and ``spoken`` says it all.
    """

    question: Question
    state: ResultState
    spoken: str = ""
    brief: str = ""
    """The verdict and the net alone, over a picture that prints the movements."""
    flow: Flow | None = None
    bars: tuple[Bar, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def shown(self) -> bool:
        """There is something to show."""
        return self.state is ResultState.SHOWN


def public_change(connection: Connection, performance: Performance, question: Question) -> PublicChange:
    """Return what the public may see of a question before and after: the stored step, while nothing is open."""
    if is_jury(performance):
        return _totals(connection, performance, question)
    steps = _steps(connection, performance, question)
    if not (steps and _settled(performance, question)):
        return PublicChange(question, ResultState.WAITING)
    counts = steps[-1].counts
    followed = questions_followed(find_version(connection, performance.version_id).questions)
    seen = shown_change(
        _change(question, counts, followed), counts["unmatched"], _waves(connection, performance, question)
    )
    return PublicChange(
        question,
        ResultState.SHOWN,
        spoken=change_sentence(seen),
        brief=brief_sentence(seen),
        flow=_flow(seen),
        bars=() if seen.crowd or (seen.cells and seen.margins) else _bars(seen),
        marks=step_marks(connection, performance, steps[-1]),
    )


def change_due(connection: Connection, performance: Performance, question: Question) -> bool:
    """Return whether a change has a step to be stored: both waves closed, 10 people matched, then
    as many more as are shown."""
    if not _settled(performance, question):
        return False
    if is_jury(performance):
        return any(newer_figures(connection, performance, question, wave) for wave in Wave)
    steps = _steps(connection, performance, question)
    return _due(steps, _counts(connection, performance, question))


def write_change(connection: Connection, performance: Performance, question: Question) -> None:
    """Store the step that is due, if one is. Two writers store it once."""
    if not change_due(connection, performance, question):
        return
    if is_jury(performance):
        for wave in Wave:
            write_result(connection, performance, wave, evidence(connection, performance, question, wave))
        return
    counts = _counts(connection, performance, question)
    steps = _steps(connection, performance, question)
    add_checkpoint(
        connection,
        performance.id,
        Wave.AFTER,
        change_key(question),
        step=steps[-1].step + 1 if steps else 1,
        base=_base(counts),
        counts=counts,
        ways=_ways(connection, performance, question),
    )


def _totals(connection: Connection, performance: Performance, question: Question) -> PublicChange:
    """Return a jury's totals at the start and at the end, and how many moved at least: nobody is followed (rule 9)."""
    given: list[Tally] = []
    said: list[str] = []
    for wave in Wave:
        steps = checkpoints(connection, performance.id, wave, question.id)
        if not steps or not question.agree:
            return PublicChange(question, ResultState.WAITING)
        source = evidence(connection, performance, question, wave)
        given.append(replace(source, base=steps[-1].base, counts=steps[-1].counts))
        said += step_marks(connection, performance, steps[-1])
    found = margins(question, given[0], given[1], performance.expected)
    return PublicChange(
        question,
        ResultState.SHOWN,
        spoken=margins_sentence(found, agreed(question)),
        bars=tuple(
            Bar(label, str(count), whole_in_100(count / base), Tone.FOR_STRONGLY)
            for label, count, base in (
                (_("At the start of the jury"), found.before, found.before_base),
                (_("At the end of the jury"), found.after, found.after_base),
            )
        ),
        marks=tuple(dict.fromkeys(said)),
    )


def _settled(performance: Performance, question: Question) -> bool:
    """Return whether nobody answers any more a question that was asked both times."""
    return performance.open_wave is None and question.asked >= set(Wave) and bool(question.agree)


def _steps(connection: Connection, performance: Performance, question: Question) -> list[Checkpoint]:
    return checkpoints(connection, performance.id, Wave.AFTER, change_key(question))


def _linked(connection: Connection, performance: Performance, question: Question) -> list[Pairs]:
    asked = {id for id in (question.id, question.was) if id}
    found = pairs(connection, [performance.id], questions=asked)
    return [part for part in found if part.version_id == performance.version_id]


def _counts(connection: Connection, performance: Performance, question: Question) -> dict[str, int]:
    """Return the four cells now, and how many people could not be matched."""
    now = changes(question, _linked(connection, performance, question))
    cells = {name: int(getattr(now, name)) for name in CELLS}
    return cells | {"unmatched": _unmatched(connection, performance, question, now.base)}


def _ways(connection: Connection, performance: Performance, question: Question) -> dict[Way, int]:
    """Return how the answers of both waves came, from the sources of the people who could be matched."""
    sources = {part.provenance for part in _linked(connection, performance, question)}
    found: Counter[Way] = Counter()
    for wave in Wave:
        found.update(ways_of(connection, performance, question, wave))
    return {way: count for way, count in found.items() if way.provenance in sources}


def _unmatched(connection: Connection, performance: Performance, question: Question, matched: int) -> int:
    """Return how many answers are not in the change; 1-9 of any figure the public may know count first."""
    sides = []
    for wave in Wave:
        bases = {evidence(connection, performance, question, wave).base}
        bases |= {step.base for step in checkpoints(connection, performance.id, wave, question.id)[-1:]}
        sides += [abs(base - matched) for base in bases]
    small = [side for side in sides if few(side)]
    return min(small) if small else max(sides)


def _waves(
    connection: Connection, performance: Performance, question: Question
) -> list[tuple[int, int] | None]:
    """Return what the public may know of all who answered before, and after: their results' last steps."""
    last = [
        checkpoints(connection, performance.id, wave, question.id)[-1:] for wave in (Wave.BEFORE, Wave.AFTER)
    ]
    return [(steps[0].base, agreed_in(question, steps[0].counts)) if steps else None for steps in last]


def _due(steps: Sequence[Checkpoint], now: Mapping[str, int]) -> bool:
    """Return whether the four cells may be drawn for the first time, or again: as many more, none fewer (rule 3)."""
    if not steps:
        return not suppressed(_base(now))
    before, after = ([cells[name] for name in CELLS] for cells in (steps[-1].counts, now))
    bases = [*(step.base for step in steps), _base(now)]
    return follows(before, after, bases, wanted=steps[-1].base)


def _base(counts: Mapping[str, int]) -> int:
    return sum(counts[name] for name in CELLS)


def _change(question: Question, counts: Mapping[str, int], questions: int) -> Change:
    stayed_agree, to, away, stayed_not = (counts[name] for name in CELLS)
    return change_of(question, (stayed_agree, to, away, stayed_not), questions=questions)


def _flow(seen: ShownChange) -> Flow | None:
    if seen.crowd or seen.cells is None or seen.margins is None:
        return None
    return Flow(*seen.cells, did=agreed(seen.question), did_not=_("did not"))


def _bars(seen: ShownChange) -> tuple[Bar, ...]:
    did = agreed(seen.question)
    moves = (
        (_("{agreed} only after").format(agreed=did), seen.moved_to, Tone.FOR_STRONGLY),
        (_("{agreed} only before").format(agreed=did), seen.moved_away, Tone.AGAINST_STRONGLY),
    )
    found = [_moved(seen, label, count, tone) for label, count, tone in moves]
    if seen.stayed is not None:
        found.append(
            Bar(_("stayed the same"), str(seen.stayed), whole_in_100(seen.stayed / seen.base), Tone.BETWEEN)
        )
    return tuple(found)


def _moved(seen: ShownChange, label: str, count: int | None, tone: Tone) -> Bar:
    if count is None:
        return Bar(label, _("fewer than 5"), 0, tone)
    if seen.at_least and count:
        return Bar(label, _("5 or more"), whole_in_100(HIDDEN / seen.base), tone)
    return Bar(label, str(count), whole_in_100(count / seen.base), tone)
