"""The sheet of two sets of performances: what may be compared, and how clearly they differ."""

from collections.abc import Iterator, Sequence

from survey.analysis.comparability import Pairing, pair_questions, questions_compared
from survey.analysis.differences import Difference, Verdict, compare
from survey.analysis.figures import enough, p_words, suppressed, whole_in_100
from survey.analysis.planning import smallest_difference
from survey.analysis.ranges import Interval
from survey.analysis.sentences.differences import (
    answers_sentences,
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
    "The range of a difference is Newcombe's (method 10), widened so that the ranges of all the questions that could be"
    " compared are right together 95 times in 100. It is the range that is drawn, spoken on the stage, on phones and here, and"
    " decides: the difference is clear when it misses zero; below 30 answers on a side Fisher's mid-P must agree, else there"
    " are too few to tell. It is about the same when the range lies inside the margin: 10 in 100, or half the share (or of what"
    " is left to 100) where that is less, not below 3; answers that lie in an order must be alike as a whole too.",
    "Answers that lie in an order are also compared as a whole: how often an answer from the one audience is higher than one"
    " from the other (Brunner and Munzel), with a range as wide; closer to even than 7 in 100 counts as alike.",
    "The ranges of the two audiences' own shares are Wilson's 95 % intervals.",
)

ROUNDED = "Figures are rounded: shares may not add up to 100, and a difference may be 1 away from what the shares say."


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
    questions = questions_compared(pairings, wave)
    found = [one for pair in shown for one in compare(*pair, questions=questions)]
    productions = [one.production for side in (a, b) for one in side.evidence.performances]
    return Sheet(
        title=f"{a.name} and {b.name}",
        about=f"{' and '.join(dict.fromkeys(productions))} · {WAVES[wave]}",
        lead=tuple(_lead(a, b, shown, found)),
        blocks=tuple(_blocks(a, b, found, [one for one in pairings if not one.comparable], hidden)),
        provenance=tuple(provenance_sentences(a.evidence.provenances | b.evidence.provenances)),
        cautions=tuple(_cautions(a, b, questions if found else 0)),
        method=METHOD,
        origins=origin_sentences(a.evidence, b.evidence),
    )


def _lead(
    a: Side, b: Side, shown: Sequence[tuple[Tally, Tally]], found: Sequence[Difference]
) -> Iterator[str]:
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
    if found:
        yield _sight(found)


def _sight(found: Sequence[Difference]) -> str:
    """Say what these audiences could have seen: of one share a question, and where answers are compared one by one."""
    most_a, most_b = (
        max(base) for base in zip(*((one.share_a.base, one.share_b.base) for one in found), strict=True)
    )
    questions = found[0].questions
    by_size = [
        whole_in_100(smallest_difference(most_a, most_b, comparisons=number))
        for number in (questions, max(one.comparisons for one in found))
    ]
    allowed = f", allowing for the {number(questions)} questions compared," if questions > 1 else ""
    one_by_one = (
        f"; where the answers to a question are compared one by one, about {by_size[1]}"
        if by_size[1] > by_size[0]
        else ""
    )
    return (
        f"What these audiences could have seen: with {most_a} and {most_b} answers{allowed} a difference has to be"
        f" about {by_size[0]} in 100 to be found four times in five{one_by_one}. Smaller ones are mostly missed."
    )


def _cautions(a: Side, b: Side, compared: int) -> Iterator[str]:
    yield nights_sentence(len(a.evidence.performances), len(b.evidence.performances))
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
                "The thick line is the range that decides. A diamond is a clear difference, a circle is not. The shade is what"
                " counts as about the same.",
                ROUNDED,
            ),
        )
    for one in followed:
        yield Block(
            one.question.name,
            wording(one.question),
            (difference_sentence(one, a.name, b.name),),
            mark=verdict_words(one.verdict, small=one.small),
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
    told = answers_sentences(several, a.name, b.name)
    picture = audiences(several, f"{a.name} audience", f"{b.name} audience")
    tables = (_table(question.name, several, a, b), _expert(several, a, b))
    notes = ("Compared on first choices.", ROUNDED) if question.kind is Kind.RANK else (ROUNDED,)
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
            verdict_words(one.verdict, small=one.small),
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
            if above is None or above.interval95 is None
            else f" ({above.interval95.low:.2f} to {above.interval95.high:.2f})"
        )
        rows.append(
            (
                _named(one),
                _ends(one.interval95),
                "" if above is None else f"{above.theta:.2f}{interval}",
                "" if again else _test(one),
                "" if again or one.test is None else p_words(one.test.p),
                ""
                if again or one.test is None or one.test.association is None
                else f"{one.test.association:.2f}",
            )
        )
    heads = ("", "Plain 95 % range", f"P({b.name} > {a.name}) + ½P(=)", "Test", "p", "Cramér's V")
    return Table("For those who know the tests", heads, tuple(rows), expert=True)


def _test(one: Difference) -> str:
    """Name a question's own test, which is over all its answers and not over the one share beside it."""
    if one.test is None:
        return ""
    name = "χ²" if one.superiority is None else "Brunner-Munzel"
    return f"{name} over all {len(one.question.values)} answers{', permuted' if one.test.permuted else ''}"


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
