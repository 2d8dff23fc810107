"""The sheet of one performance: who answered, and what they said, question by question."""

from collections.abc import Iterator, Mapping, Sequence

from survey.analysis.figures import enough, suppressed
from survey.analysis.ranges import room_range, worst_case
from survey.analysis.ranks import ranks
from survey.analysis.sentences.phrases import agreed
from survey.analysis.sentences.results import (
    how_answered,
    modes_sentence,
    provenance_sentences,
    rate_sentence,
    room_sentences,
    share_sentence,
    tied_sentence,
)
from survey.analysis.shares import Share, Tally, agreeing, apart, beside, disagreeing, tally
from survey.analysis.suppression import hidden_rows
from survey.charts.picture import Picture
from survey.charts.ranges import Followed, one_question
from survey.charts.stacks import ordered, stack
from survey.charts.turnout import turnout
from survey.model import Counts, Kind, Provenance, Question, Wave
from survey.publication.wording import label_of
from survey.questionnaire.cards import CLASS, counted_classes
from survey.screen.evidence.benchmarks import beside_surveys
from survey.screen.evidence.languages import language_cautions, languages_sentence
from survey.screen.evidence.naming import placed
from survey.screen.evidence.origins import origin_sentences
from survey.screen.evidence.places import RANKED, above_table, agreement_table, places_table
from survey.screen.evidence.reading import Evidence
from survey.screen.evidence.sheet import Block, Comment, Sheet, Table

WAVES = {Wave.BEFORE: "before the performance", Wave.AFTER: "after the performance"}
COUNTED = {
    Provenance.COUNTED: "counted by eye in the room",
    Provenance.KEYED: "keyed in here",
    Provenance.IMPORTED: "counted elsewhere and imported",
    Provenance.DEMONSTRATION: "invented for a demonstration",
    Provenance.REHEARSAL: "from a rehearsal",
}
METHOD = (
    "Shares are of the people who answered that question; phones, paper and web forms count together.",
    "The likely range of the whole room is Wilson's 95 % interval with the finite-population correction for those"
    " who were there. The widest range puts everybody who did not answer on one side, then on the other.",
    "Cards and hands are counted by eye and in public: they stand beside the private answers and are never added.",
    "A published survey stands beside the answers by Wilson's 95 % interval of each; the difference is worked out (MOVER) only"
    " where the question, its answers and its language are the same, and allows for all questions so compared.",
)

ABOUT = ("How many were there is not exact, so the ranges of the whole room are not exact either.",)


def results_sheet(evidence: Evidence, *, alone: Mapping[Wave, int], comments: Sequence[Comment]) -> Sheet:
    """Return everything one performance's answers say in one wave. Below 10 answers a question shows no figures."""
    (performance,) = evidence.performances
    (questionnaire,) = evidence.questionnaires
    asked = [one for one in questionnaire.asked_in(evidence.wave) if one.kind is not Kind.COMMENT]
    tallies = {one.id: tally(one, evidence.of(one), after_reveal=True) for one in asked}
    lead = (
        "Answers are still coming in." if performance.open_wave is evidence.wave else "",
        _people(evidence),
        modes_sentence(evidence.modes(evidence.wave)),
        languages_sentence(evidence),
    )
    return Sheet(
        title=performance.production,
        about=f"{placed(performance)} · {WAVES[evidence.wave]}",
        lead=tuple(sentence for sentence in lead if sentence),
        blocks=(
            *_turnout(evidence, alone),
            *_at_a_glance(list(tallies.values())),
            *beside_surveys(tallies, evidence),
            *(_answered(tallies[one.id], evidence, performance.attendance) for one in asked),
        ),
        provenance=tuple(provenance_sentences(evidence.provenances)),
        cautions=language_cautions(evidence),
        method=(
            *METHOD,
            *(ABOUT if evidence.about else ()),
            *(RANKED if any(one.kind is Kind.RANK for one in asked) else ()),
        ),
        origins=origin_sentences(evidence),
        comments=tuple(comments),
    )


def _people(evidence: Evidence) -> str:
    """Say how many answered; where nobody did in private, that what was counted in public stands below."""
    (performance,) = evidence.performances
    raised = any(not one.mode.private for one in evidence.counts)
    if raised and not evidence.people(evidence.wave):
        return "Nobody answered in private, on a phone, on paper or in a web form. What was counted in public stands with its question."
    return rate_sentence(evidence.people(evidence.wave), performance.attendance, about=evidence.about)


def _turnout(evidence: Evidence, alone: Mapping[Wave, int]) -> Iterator[Block]:
    there = evidence.attendance
    before, after = evidence.people(Wave.BEFORE), evidence.people(Wave.AFTER)
    groups = [("answered before", before), ("answered after", after)]
    responses = sum(one.count for one in evidence.responses if one.wave is Wave.AFTER)
    groups.append(("answered both times", responses - alone.get(Wave.AFTER, 0)))
    shown = [(name, Share(name, people, there or 0)) for name, people in groups if not suppressed(people)]
    if there and shown and max(before, after) <= there:
        heads = f"about {there}" if evidence.about else str(there)
        rows = [(name, str(share.count), str(share.in_100)) for name, share in shown]
        table = Table("Who answered", ("", "People", "In 100"), (("there", heads, "100"), *rows))
        yield Block("Who answered", picture=turnout(there, evidence.about, shown), tables=(table,), wide=True)


def _at_a_glance(tallies: list[Tally]) -> Iterator[Block]:
    rows = [one for one in tallies if ordered(one)]
    if len(rows) > 1 and any(not suppressed(one.base) for one in rows):
        yield Block(
            "At a glance",
            picture=stack(rows),
            tables=(_both_sides(rows),),
            wide=True,
            notes=("Shares are rounded to whole people in 100.",),
        )


def _both_sides(tallies: list[Tally]) -> Table:
    """Return who was against and in favour, question by question."""
    rows: list[tuple[str, ...]] = []
    for one in tallies:
        if suppressed(one.base):
            rows.append((one.question.name, "", "", "fewer than 10"))
            continue
        sides = ((disagreeing(one), one.question.disagree_word), (agreeing(one), one.question.agree_word))
        said = (f"{share.in_100 if enough(share.base) else share.count} {did}" for share, did in sides)
        rows.append((one.question.name, *said, str(one.base)))
    heads = ("Question", "Against", "For", "Answers")
    return Table("At a glance: in 100, or people below 30 answers", heads, tuple(rows))


def _answered(tally: Tally, evidence: Evidence, attendance: int | None) -> Block:
    question = tally.question
    counts = evidence.of(question)
    most = () if question.agree else _most_chosen(tally)
    option = most[0] if most else None
    share = agreeing(tally) if option is None else tally.share(option)
    told = share_sentence(question, share, option) if len(most) < 2 else tied_sentence(question, share, most)
    raised = tuple(_raised(one, counts) for one in beside(question, counts))
    if suppressed(tally.base):
        return Block(question.name, wording(question), (told,), tables=raised)
    return Block(
        question.name,
        wording(question),
        (
            told,
            *room_sentences(question, share, attendance, option=option),
        ),
        _picture(tally, share, option, attendance),
        (*_tables(tally, evidence), *raised),
        notes=tuple(_notes(tally, counts, attendance, len(most))),
    )


def _picture(tally: Tally, share: Share, option: str | None, attendance: int | None) -> Picture:
    room = room_range(share.count, share.base, attendance)
    worst = worst_case(share.count, share.base, attendance)
    if room is None or worst is None or worst.low == worst.high:  # nobody counted, or everybody answered
        return one_question(tally)
    return one_question(tally, Followed(agreed(tally.question, option), share, room, worst))


def _most_chosen(tally: Tally) -> tuple[str, ...]:
    """Return the answers chosen most, all that tie, in the order offered."""
    most = max(tally.counts.values())
    return tuple(value for value in tally.question.values if tally.counts[value] == most)


def _tables(whole: Tally, evidence: Evidence) -> tuple[Table, ...]:
    """Return a ranking place by place, where rows are left to tell it; else how many gave each answer."""
    question = whole.question
    ranked = ranks(question, evidence.rankings_of(question), after_reveal=True)
    if not suppressed(ranked.base):
        return places_table(ranked), above_table(ranked), agreement_table(ranked)
    return (_table(whole, apart(question, evidence.of(question))),)


def _table(whole: Tally, modes: list[Tally]) -> Table:
    """Return the answers as a table; private modes apart only where that points at nobody."""
    question = whole.question
    cells = {mode: [one.counts[value] for value in question.values] for one in modes for mode in one.modes}
    shown = [] if not modes or hidden_rows({mode.value: row for mode, row in cells.items()}) else modes
    heads = ["Answer", "People"] + ["In 100"] * enough(whole.base)
    heads += [_headed(how_answered(mode)) for one in shown for mode in one.modes]
    rows = []
    for value in question.values:
        share = whole.share(value)
        row = [str(question.option(value).label), str(share.count)]
        row += [str(share.in_100)] * enough(whole.base)
        rows.append((*row, *(str(one.counts[value]) for one in shown)))
    everyone = ["Answers", str(whole.base)] + [""] * enough(whole.base)
    rows.append((*everyone, *(str(one.base) for one in shown)))
    said = {Kind.MANY: " (people could choose several)", Kind.RANK: " (first choices)"}
    return Table(
        f"{question.name}: {whole.base} answers{said.get(question.kind, '')}", tuple(heads), tuple(rows)
    )


def _raised(tally: Tally, counts: list[Counts]) -> Table:
    """Return answers raised in public, to stand beside: how they were given, and where the figures are from.

    An answer that nobody counted, such as the third where two cards were handed out, has no figure.
    """
    (mode,) = tally.modes
    counted = {option for part in counts if part.mode is mode for option in part.counts}
    origins = [words for origin, words in COUNTED.items() if origin in tally.provenances]
    caption = (
        f"{_headed(how_answered(mode))}, {' and '.join(origins)}: in public, not added to the answers above"
    )
    if suppressed(tally.base):
        return Table(caption, ("Answer", "People"), (("Counted", "fewer than 10"),))
    question = tally.question
    given = {value: (value,) for value in question.values} | counted_classes(question)
    classes = any(value.startswith(CLASS) for value in tally.counts)
    rows = [
        (label_of(question, options), str(tally.counts[value]) if value in counted else "not counted")
        for value, options in given.items()
        if tally.counts.get(value) or value.startswith(CLASS) == classes
    ]
    return Table(caption, ("Answer", "People"), (*rows, ("Counted", str(tally.base))))


def _notes(whole: Tally, counts: list[Counts], attendance: int | None, most: int) -> Iterator[str]:
    question = whole.question
    seen = tally(question, counts).left_out
    if seen:
        many = "Fewer than 10" if suppressed(seen) else str(seen)
        yield f"{many} of these answers were sent after the result had been shown to the room."
    if question.kind is Kind.RANK:
        yield "The bars are first choices. The table has every place."
    if most > 1 and attendance:
        yield "The ranges are for each of the answers chosen most."
    elif question.kind is Kind.MANY and attendance:
        yield "The ranges are for the answer chosen most."
    shares = [whole.share(value).in_100 for value in question.values]
    if enough(whole.base) and question.kind is not Kind.MANY and sum(shares) != 100:
        yield "Shares are rounded, so they do not add up to 100."


def _headed(words: str) -> str:
    return words[:1].upper() + words[1:]


def wording(question: Question) -> str:
    """Return the question's whole words; a row with its battery's."""
    return " – ".join(str(part) for part in (question.stem, question.text) if part)
