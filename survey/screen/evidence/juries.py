"""The sheets of a citizens' jury: exact totals once the end questions have closed, and change from totals only (rule 9)."""

from collections.abc import Iterator, Sequence

from survey.analysis.sentences.phrases import agreed
from survey.analysis.sentences.results import modes_sentence, provenance_sentences
from survey.analysis.shares import Share, Tally, agreeing, tally
from survey.model import Kind, Performance, Question, Wave
from survey.publication import margins, margins_sentence, totals_wait
from survey.screen.evidence.languages import language_cautions, languages_sentence
from survey.screen.evidence.naming import placed
from survey.screen.evidence.origins import origin_sentences
from survey.screen.evidence.reading import Evidence, Linked
from survey.screen.evidence.results import wording
from survey.screen.evidence.sheet import Block, Comment, Sheet, Table
from survey.storage.database import Connection

WAVES = {Wave.BEFORE: "at the start", Wave.AFTER: "at the end"}
RULE = "A secret ballot with published totals: every juror was told that exact totals would be published, even if everyone votes alike."
WAIT = "The totals stay hidden from everybody until the end questions have closed, so that the start does not sway the end."
METHOD = (
    "A jury is small and chosen, not an audience: its votes are counted out, and no range is given for anybody else.",
    "Everyone who answered counts, “I would rather not vote” too.",
)
CHANGE_METHOD = (
    "Change is told from the totals only. “At least” is what the totals force: if more agree at the end than at the start,"
    " so many jurors at least have moved. More may have, in both directions. Who moved, nobody sees.",
)


def hidden_juries(connection: Connection, performances: Sequence[Performance]) -> list[Performance]:
    """Return the juries among some performances whose totals nobody may see yet."""
    return [one for one in performances if totals_wait(connection, one)]


def jury_sheet(evidence: Evidence, comments: Sequence[Comment], *, out: bool) -> Sheet:
    """Return one jury's votes in one wave, counted out; without any figure until they are ``out``."""
    (performance,) = evidence.performances
    (questionnaire,) = evidence.questionnaires
    asked = [one for one in questionnaire.asked_in(evidence.wave) if one.kind is not Kind.COMMENT]
    tallies = [tally(one, evidence.of(one), after_reveal=True) for one in asked]
    people = evidence.people(evidence.wave)
    lead = (
        RULE,
        "" if out else WAIT,
        f"{_of(people, performance.attendance)} answered {WAVES[evidence.wave]}." if out else "",
        modes_sentence(evidence.modes(evidence.wave)) if out else "",
        languages_sentence(evidence) if out else "",
    )
    return Sheet(
        title=performance.production,
        about=f"{placed(performance)} · {WAVES[evidence.wave]} of the jury",
        lead=tuple(sentence for sentence in lead if sentence),
        blocks=tuple(_counted(one) for one in tallies) if out else (),
        provenance=tuple(provenance_sentences(evidence.provenances)),
        cautions=language_cautions(evidence) if out else (),
        method=METHOD,
        origins=origin_sentences(evidence),
        comments=tuple(comments),
    )


def jury_change_sheet(linked: Linked, *, out: bool) -> Sheet:
    """Return how the totals of juries changed from start to end, and how many moved at least."""
    performances = linked.after.performances
    asked = {
        question.id: question
        for questionnaire in linked.after.questionnaires
        for question in questionnaire.questions
        if question.asked >= set(Wave) and question.kind is not Kind.COMMENT
    }
    return Sheet(
        title=" and ".join(dict.fromkeys(one.production for one in performances)),
        about=" · ".join([*(placed(one) for one in performances), "from start to end of the jury"]),
        lead=(RULE,) if out else (RULE, WAIT),
        blocks=tuple(_changed(one, linked) for one in asked.values()) if out else (),
        provenance=tuple(provenance_sentences(linked.before.provenances | linked.after.provenances)),
        cautions=(
            "This does not tell what caused any movement.",
            *language_cautions(linked.before, linked.after),
        ),
        method=(*METHOD, *CHANGE_METHOD),
        origins=origin_sentences(linked.before, linked.after),
    )


def _of(people: int, attendance: int | None) -> str:
    return f"{people} of {attendance} jurors" if attendance and attendance >= people else f"{people} jurors"


def _counted(given: Tally) -> Block:
    question = given.question
    return Block(
        question.name,
        wording(question),
        tuple(_sentences(given)),
        tables=(
            Table(f"{question.name}: {given.base} answers", ("Answer", "People"), tuple(_rows([given]))),
        ),
    )


def _sentences(given: Tally) -> Iterator[str]:
    question = given.question
    if not given.base:
        yield "Nobody answered."
    elif question.agree:
        yield _share(agreeing(given), agreed(question))
    else:
        most = max(given.counts.values())
        for value in question.values:
            if given.counts[value] == most:
                yield _share(given.share(value), agreed(question, value))


def _share(share: Share, did: str) -> str:
    return f"{share.count} of {share.base} {did}."


def _rows(given: Sequence[Tally]) -> Iterator[tuple[str, ...]]:
    for option in given[0].question.options:
        yield str(option.label), *(str(one.counts[option.value]) for one in given)
    yield "Answers", *(str(one.base) for one in given)


def _changed(question: Question, linked: Linked) -> Block:
    before, after = (
        tally(question, one.of(question), wave=one.wave, after_reveal=True)
        for one in (linked.before, linked.after)
    )
    sat = [one.expected for one in linked.after.performances]
    jurors = None if None in sat else sum(count or 0 for count in sat)
    found = margins(question, before, after, jurors)
    table = Table(
        f"{question.name}: start and end", ("Answer", "Start", "End"), tuple(_rows([before, after]))
    )
    return Block(
        question.name,
        wording(question),
        (margins_sentence(found, agreed(question)),) if question.agree else (),
        tables=(table,),
    )
