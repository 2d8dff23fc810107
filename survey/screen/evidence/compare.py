"""The sheet of two sets of performances: what may be compared, and how clearly they differ."""

from collections.abc import Iterator, Sequence

from survey.analysis.comparability import Pairing, pair_questions
from survey.analysis.differences import Difference, Verdict, differences
from survey.analysis.figures import enough, p_words, suppressed, whole_in_100
from survey.analysis.planning import smallest_difference
from survey.analysis.ranges import Interval
from survey.analysis.sentences.differences import (
    difference_sentence,
    nights_sentence,
    verdict_words,
)
from survey.analysis.sentences.phrases import number
from survey.analysis.sentences.planning import sameness_sentence
from survey.analysis.sentences.results import (
    left_out_sentence,
    modes_sentence,
    provenance_sentences,
    rate_sentence,
)
from survey.analysis.shares import Share, Tally
from survey.charts.dots import audiences
from survey.charts.theme import signed
from survey.model import Kind
from survey.screen.evidence.languages import language_cautions
from survey.screen.evidence.naming import called
from survey.screen.evidence.origins import origin_sentences
from survey.screen.evidence.results import WAVES, wording
from survey.screen.evidence.sheet import Block, Sheet, Table
from survey.screen.evidence.sides import Side

METHOD = (
    "Questions are compared only if their words and their answers are the same. Phones, paper and web forms count together; cards"
    " and hands raised in public are not compared. Answers sent after the room had seen a result are left out.",
    "The range of a difference is Newcombe's (method 10), widened so that all the ranges on this page are right together"
    " 95 times in 100. It is the range that is drawn, spoken, and decides: “clear” when it misses zero, “about the same”"
    " when it lies inside 10 in 100 either way. Below 30 answers on either side there is too little to tell.",
    "The ranges of the two audiences' own shares are Wilson's 95 % intervals.",
)


def compare_sheet(a: Side, b: Side) -> Sheet:
    """Return everything two sets of performances show about each other in one wave."""
    wave = b.evidence.wave
    pairings = [
        one
        for one in pair_questions(a.evidence.questionnaires, b.evidence.questionnaires)
        if any(question and wave in question.asked for question in (one.question_a, one.question_b))
    ]
    both = [
        (
            a.tally(one.question_a),
            b.tally(one.question_b),
        )  # a renamed question has an id of its own on each side
        for one in pairings
        if one.comparable and one.question_a and one.question_b
    ]
    shown = [pair for pair in both if not suppressed(min(pair[0].base, pair[1].base))]
    hidden = [pair for pair in both if pair not in shown]
    found = differences(shown)
    productions = [one.production for side in (a, b) for one in side.evidence.performances]
    return Sheet(
        title=f"{a.name} and {b.name}",
        about=f"{' and '.join(dict.fromkeys(productions))} · {WAVES[wave]}",
        lead=tuple(_lead(a, b, shown)),
        blocks=tuple(_blocks(a, b, found, [one for one in pairings if not one.comparable], hidden)),
        provenance=tuple(provenance_sentences(a.evidence.provenances | b.evidence.provenances)),
        cautions=tuple(_cautions(a, b, len(shown))),
        method=METHOD,
        origins=origin_sentences(a.evidence, b.evidence),
    )


def _lead(a: Side, b: Side, shown: Sequence[tuple[Tally, Tally]]) -> Iterator[str]:
    for place, side in enumerate((a, b)):
        evidence = side.evidence
        people = rate_sentence(evidence.people(evidence.wave), evidence.attendance, about=evidence.about)
        how = modes_sentence(evidence.modes(evidence.wave))
        names = "; ".join(called(one, evidence.performances) for one in evidence.performances)
        yield f"{side.name} ({names}): {people} {how}"
        apart = frozenset[str]().union(*(side.apart(pair[place].question) for pair in shown))
        if few := [called(one, evidence.performances) for one in evidence.performances if one.id in apart]:
            yield f"Left out where fewer than 10 there answered a question: {'; '.join(few)}. Added to the others, they could be told apart."
    late = sum(one.left_out for pair in shown for one in pair)
    if late:
        yield left_out_sentence(late)
    if shown:
        yield _sight(shown)


def _sight(shown: Sequence[tuple[Tally, Tally]]) -> str:
    """Say what these audiences could have seen."""
    most_a, most_b = (max(pair[side].base for pair in shown) for side in (0, 1))
    size = whole_in_100(smallest_difference(most_a, most_b, compared=len(shown)))
    allowing = f", allowing for {number(len(shown))} questions," if len(shown) > 1 else ""
    return (
        f"What these audiences could have seen: with {most_a} and {most_b} answers{allowing} a difference has to be"
        f" about {size} in 100 to be found four times in five."
    )


def _cautions(a: Side, b: Side, compared: int) -> Iterator[str]:
    nights = nights_sentence(len(a.evidence.performances), len(b.evidence.performances))
    yield (
        nights
        or "Audiences differ from night to night anyway: a few nights cannot show what a year has changed."
    )
    if len({one.kind for side in (a, b) for one in side.evidence.performances}) > 1:
        yield "These audiences are not of one kind: who comes to a performance, a screening or a stream differs anyway."
    yield "Say “this audience and that audience”. People chose to come, and chose to answer."
    if compared:
        yield sameness_sentence(compared)
    yield from language_cautions(a.evidence, b.evidence)


def _blocks(
    a: Side,
    b: Side,
    found: Sequence[Difference],
    apart: Sequence[Pairing],
    hidden: Sequence[tuple[Tally, Tally]],
) -> Iterator[Block]:
    name_a, name_b = f"{a.name} audience", f"{b.name} audience"
    followed = [one for one in found if one.option is None]
    if followed:
        yield Block(
            "At a glance",
            picture=audiences(followed, name_a, name_b),
            tables=(_table("Every share compared", followed, a, b), _expert(followed, a, b)),
            wide=True,
            notes=(
                "The thick line is the range that decides. A diamond is a clear difference, a circle is not.",
            ),
        )
    for one in followed:
        yield Block(
            one.question.name,
            wording(one.question),
            (difference_sentence(one, a.name, b.name),),
            mark=verdict_words(one.verdict),
        )
    by_option: dict[str, list[Difference]] = {}
    for one in found:
        if one.option is not None:
            by_option.setdefault(one.question.id, []).append(one)
    for several in by_option.values():
        yield _several(several, a, b)
    if apart or hidden:
        yield _not_compared(apart, hidden, a, b)


def _several(several: Sequence[Difference], a: Side, b: Side) -> Block:
    """Return a question that is compared answer by answer: only clear differences get a sentence each."""
    question = several[0].question
    clear = [one for one in several if one.verdict in (Verdict.CLEAR, Verdict.CLEAR_SMALL)]
    told = [difference_sentence(one, a.name, b.name) for one in clear]
    if few := next((one for one in several if one.verdict is Verdict.TOO_FEW), None):
        told = [difference_sentence(few, a.name, b.name)]
    elif len(clear) < len(several):
        told.append(
            "No clear difference in the other answers." if clear else "No clear difference in any answer."
        )
    picture = audiences(several, f"{a.name} audience", f"{b.name} audience")
    tables = (_table(question.name, several, a, b), _expert(several, a, b))
    notes = ("Compared on first choices.",) if question.kind is Kind.RANK else ()
    return Block(question.name, wording(question), tuple(told), picture, tables, wide=True, notes=notes)


def _table(caption: str, found: Sequence[Difference], a: Side, b: Side) -> Table:
    rows = [
        (
            _named(one),
            _share(one.share_a),
            _share(one.share_b),
            *(
                ("", "")
                if one.verdict is Verdict.TOO_FEW
                else (signed(whole_in_100(one.difference)), _ends(one.interval))
            ),
            verdict_words(one.verdict),
        )
        for one in found
    ]
    return Table(caption, ("", a.name, b.name, "Difference", "Range", "Verdict"), tuple(rows))


def _expert(found: Sequence[Difference], a: Side, b: Side) -> Table:
    """Return the tests, for those who know them: plain 95 % intervals, p, and P(superiority) for ordered answers."""
    rows = []
    for place, one in enumerate(found):
        again = place > 0 and one.question is found[place - 1].question  # one test for all its answers
        above = one.superiority
        interval = (
            ""
            if above is None or above.interval is None
            else f" ({above.interval.low:.2f} to {above.interval.high:.2f})"
        )
        test = "χ²" if above is None else "Brunner-Munzel, permuted" if above.permuted else "Brunner-Munzel"
        rows.append(
            (
                _named(one),
                _ends(one.interval95),
                "" if above is None else f"{above.theta:.2f}{interval}",
                "" if one.p is None or again else test,
                "" if again else p_words(one.p),
                "" if one.association is None or again else f"{one.association:.2f}",
            )
        )
    heads = ("", "Plain 95 % range", f"P({b.name} > {a.name}) + ½P(=)", "Test", "p", "Cramér's V")
    return Table("For those who know the tests", heads, tuple(rows), expert=True)


def _not_compared(apart: Sequence[Pairing], hidden: Sequence[tuple[Tally, Tally]], a: Side, b: Side) -> Block:
    rows = [(one.question.name, _asked(one, a, b), one.sentence) for one in apart]
    rows += [
        (pair[1].question.name, "both", "Fewer than 10 answers in one audience, so no figures are shown.")
        for pair in hidden
    ]
    table = Table(
        "Questions left out", ("Question", "Asked in", "Why it is left out"), tuple(rows), words=True
    )
    return Block("Not compared", tables=(table,), wide=True)


def _asked(pairing: Pairing, a: Side, b: Side) -> str:
    if pairing.question_a and pairing.question_b:
        return "both"
    return a.name if pairing.question_a else b.name


def _named(one: Difference) -> str:
    return one.question.name if one.option is None else str(one.question.option(one.option).label)


def _share(share: Share) -> str:
    of = f"{share.count} of {share.base}"
    return f"{share.in_100} ({of})" if enough(share.base) else of


def _ends(interval: Interval) -> str:
    low, high = interval.in_100
    return f"{signed(low)} to {signed(high)}"
