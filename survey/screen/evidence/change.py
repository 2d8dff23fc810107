"""The sheet of the same people before and after: who moved, both ways."""

from collections.abc import Iterator

from survey.analysis.changes import Change, FirstChoices, questions_followed
from survey.analysis.figures import p_words, suppressed
from survey.analysis.sentences.changes import (
    cautions,
    change_sentence,
    movement_sentence,
    unmatched_sentence,
)
from survey.analysis.sentences.phrases import agreed
from survey.analysis.sentences.results import left_out_sentence, provenance_sentences
from survey.analysis.suppression import FEW, HIDDEN, ShownChange
from survey.charts.flows import drawable, flow
from survey.model import Kind, Question, Wave
from survey.screen.evidence.followed import Followed, followed_question, followed_ranking
from survey.screen.evidence.languages import language_cautions
from survey.screen.evidence.naming import called, placed
from survey.screen.evidence.origins import origin_sentences
from survey.screen.evidence.reading import Linked
from survey.screen.evidence.results import wording
from survey.screen.evidence.sheet import Block, Sheet, Table

METHOD = (
    "Only people whose answers before and after could be linked: by the same phone, the same two words, or the same"
    " numbered sheet.",
    "The range of the net change is Bonett and Price's, widened so that the ranges of all questions followed are right together"
    " 95 times in 100: the room clearly moved when it misses zero; the test is McNemar's, with its mid-P. A"
    " movement of 1 to 4 people is written “fewer than 5”, and then no net is given.",
)


def change_sheet(linked: Linked) -> Sheet:
    """Return how the linked respondents moved on every question asked both times."""
    performances = linked.after.performances
    asked = [
        question
        for questionnaire in linked.after.questionnaires
        for question in questionnaire.questions
        if question.asked >= {Wave.BEFORE, Wave.AFTER}
    ]
    questions = questions_followed(asked)
    followed = [followed_question(linked, one, questions) for one in _once(asked) if one.agree]
    ranked = [followed_ranking(linked, one) for one in _once(asked) if one.kind is Kind.RANK]
    return Sheet(
        title=" and ".join(dict.fromkeys(one.production for one in performances)),
        about=" · ".join([*(placed(one) for one in performances), "before and after"]),
        lead=tuple(_lead(linked)),
        blocks=(
            *(_moved(one.change(), one.shown(), _apart_words(one, linked)) for one in followed),
            *(_put_first(one.first(), _apart_words(one, linked)) for one in ranked),
        ),
        provenance=tuple(
            provenance_sentences({one.provenance for one in linked.pairs} | linked.after.provenances)
        ),
        cautions=(
            *(cautions() if followed or ranked else ()),
            "A move away counts as much as a move towards. No change is a result too.",
            *language_cautions(linked.before, linked.after),
        ),
        method=METHOD,
        origins=origin_sentences(linked.before, linked.after),
    )


def _lead(linked: Linked) -> Iterator[str]:
    people = linked.people
    if not linked.after.responses:
        yield "Only totals are kept of these answers."
        return
    yield (
        "Fewer than 10 people answered both before and after."
        if suppressed(people)
        else f"{people} people answered both before and after."
    )
    alone = {wave: linked.alone.get(wave, 0) for wave in Wave}
    said = [
        f"{'fewer than 10' if suppressed(count) else count} only {wave.value}"
        for wave, count in alone.items()
        if count
    ]
    if said:
        yield f"Not linked, and left out here: {' and '.join(said)}."


def _once(asked: list[Question]) -> list[Question]:
    """Return each question once, as the newest version asks it."""
    return list({one.id: one for one in asked}.values())


def _apart_words(given: Followed, linked: Linked) -> str:
    """Say which performances are left out of a question, and why; nothing where none is."""
    performances = linked.after.performances
    names = [called(one, performances) for one in performances if one.id in given.apart]
    if not names:
        return ""
    few = f"a few of {'its' if len(names) == 1 else 'their'} people"
    return f"Left out here: {'; '.join(names)}. Added to the others, {few} could be told apart."


def _moved(change: Change, shown: ShownChange, apart: str) -> Block:
    question = shown.question
    sentences = [change_sentence(shown), movement_sentence(shown.movement)]
    notes = [left_out_sentence(change.left_out)]
    if shown.enough:
        notes.append(unmatched_sentence(shown.unmatched))
    notes.append(apart)
    tables = tuple(_tables(change, shown)) if drawable(shown) else ()
    return Block(
        question.name,
        wording(question),
        tuple(one for one in sentences if one),
        flow(shown) if drawable(shown) else None,
        tables,
        notes=tuple(one for one in notes if one),
    )


def _put_first(given: FirstChoices, apart: str) -> Block:
    question = given.question
    notes = [
        left_out_sentence(given.left_out),
        "Only first choices are followed, not the places below them.",
        apart,
    ]
    return Block(
        question.name,
        wording(question),
        (_first_choices(given),),
        notes=tuple(one for one in notes if one),
    )


def _first_choices(given: FirstChoices) -> str:
    """Say how many put the same answer first both times; fewer than 5 of either are not counted out."""
    if suppressed(given.base):
        return "Fewer than 10 people could be matched, so no figures are shown."
    smaller = min(given.same, given.other)
    if smaller <= FEW:
        did = "the same answer first both times" if smaller == given.other else "another answer first"
        return f"Of the {given.base} people we could match, nearly everyone put {did}."
    same, other = (
        str(count) if smaller >= HIDDEN else "fewer than 5" if count == smaller else "the others"
        for count in (given.same, given.other)
    )
    return (
        f"Of the {given.base} people we could match, {same} put the same answer first both times, and {other} put"
        " another answer first."
    )


def _tables(change: Change, shown: ShownChange) -> Iterator[Table]:
    did = agreed(shown.question)
    if shown.cells and shown.margins:
        stayed_agree, to, away, stayed_not = (str(cell) for cell in shown.cells)
        before, after = shown.margins
        rows = (
            (f"Before: {did}", stayed_agree, away, str(before)),
            ("Before: did not", to, stayed_not, str(shown.base - before)),
            ("Together", str(after), str(shown.base - after), str(shown.base)),
        )
        yield Table(f"{shown.base} linked people", ("", f"After: {did}", "After: did not", "Together"), rows)
    else:
        moved = [
            (f"{did} only after", _people(shown, shown.moved_to)),
            (f"{did} only before", _people(shown, shown.moved_away)),
        ]
        if shown.stayed is not None:
            moved.append(("stayed on the same side", str(shown.stayed)))
        yield Table(f"{shown.base} linked people", ("", "People"), tuple(moved))
    if shown.net is not None:
        row = ("McNemar, mid-P", p_words(change.p))
        yield Table("For those who know the tests", ("Test", "p"), (row,), expert=True)


def _people(shown: ShownChange, moved: int | None) -> str:
    if moved is None:
        return "fewer than 5"
    return "5 or more" if shown.at_least and moved else str(moved)
