"""An audience beside a published survey in words: what differs, what does not, who was asked, and what it cannot show."""

from dataclasses import dataclass

from survey.analysis.benchmarks import DESIGN_EFFECT, Beside, Unlike, effective_base
from survey.analysis.differences import Verdict
from survey.analysis.figures import enough, suppressed
from survey.analysis.sentences.differences import about_the_same
from survey.analysis.sentences.phrases import agreed, allowing, disagreed, in_100
from survey.analysis.suppression import Part
from survey.language import _, current, ngettext
from survey.language.punctuation import one_after_another
from survey.model import Text
from survey.questionnaire.benchmarks import Benchmark, Figure, WordingStatus


@dataclass(frozen=True)
class Fact:
    """One thing to know of a survey. ``language`` is the words' own where they come from the file; ``address`` a page's."""

    name: str
    words: str
    language: str = ""
    address: str = ""


def beside_sentence(found: Beside) -> str:
    """Return what an audience and a survey show about the share that is followed, to be read out.

    Below 10 answers nothing is said of the audience; below 30 nothing is compared.
    """
    if suppressed(found.agreeing.here.base):
        return one_after_another([_("Fewer than 10 people answered here."), survey_sentence(found)])
    if found.difference is None or found.verdict in (None, Verdict.TOO_FEW):
        return one_after_another([_both(found), _why_no_difference(found)])
    return _difference(found)


def survey_sentence(found: Beside) -> str:
    """Return the survey's own figures, in words: of both sides where both were published, and whether it asked the same."""
    against = next((line for line in found.lines if line.part is Part.DISAGREE), None)
    if against is None:
        words = _("In the published survey {there} in 100 {agreed}.")
    else:
        words = _("In the published survey {there} in 100 {agreed} and {against} {disagreed}.")
    told = words.format(
        there=in_100(found.agreeing.there),
        agreed=agreed(found.question),
        against=in_100(against.there) if against else "",
        disagreed=disagreed(found.question),
    )
    return told if found.same else one_after_another([told, _("A similar question, not the same one.")])


def likeness_sentence(found: Beside) -> str:
    """Return whether the survey asked the same question, and if not why not."""
    if found.same:
        return _("The survey asked the same question, with the same answers to choose from.")
    reasons = {
        Unlike.WORDS: _("The survey put it in other words."),
        Unlike.ANSWERS: _("We have not seen that the survey offered the same answers."),
        Unlike.BASE: _(
            "The survey’s figures also count people who said they did not know; nobody could say so here."
        ),
        Unlike.TRANSLATED: _("Some people here answered in another language than the survey’s."),
    }
    return one_after_another(
        [_("A similar question, not the same one."), *(reasons[why] for why in found.unlike)]
    )


def people_words(figure: Figure) -> str:
    """Return how many people answered a survey."""
    if figure.base is None:
        return _("how many answered is not known")
    return ngettext("{count} person", "{count} people", figure.base).format(count=f"{figure.base:,}")


def source_words(benchmark: Benchmark, figure: Figure) -> str:
    """Return who was asked, when, and how many: "Adults in the US, 2015: 461 people"."""
    return _("{who}, {year}: {people}").format(
        who=benchmark.who, year=benchmark.year, people=people_words(figure)
    )


def facts(benchmark: Benchmark, figure: Figure) -> tuple[Fact, ...]:
    """Return everything there is to say of a survey: who, when, how many, in which words, and where it was read."""
    own = benchmark.wording_status is WordingStatus.VERBATIM
    asked = _("Its question, word for word") if own else _("Its question, in short")
    return (
        _fact(_("Who was asked"), benchmark.population, benchmark),
        _fact(_("When"), benchmark.fieldwork, benchmark)
        if benchmark.fieldwork
        else Fact(
            _("When"),
            _("Published in {year}. We have not read when people were asked.").format(year=benchmark.year),
        ),
        Fact(_("How many answered"), people_words(figure)),
        Fact(asked, benchmark.wording, benchmark.language),
        *([_fact(_("Good to know"), benchmark.note, benchmark)] if benchmark.note else []),
        Fact(_("Where it was read"), benchmark.source.title, benchmark.language, benchmark.source.address),
    )


def allowance_sentence(benchmark: Benchmark, figure: Figure) -> str:
    """Return how a survey's range allows for the way its people were chosen; nothing where there is no range."""
    base = effective_base(figure, benchmark)
    if base is None:
        return _("How many people the survey asked is not known, so it has no range.")
    if benchmark.design_effect:
        words = _("The survey’s range counts its {people} as {worth}, as the survey says it should.")
    else:
        words = _(
            "The survey’s range counts its {people} as {worth} (divided by {effect}): our own guess for the way they were "
            "chosen, as the survey gives none."
        )
    return words.format(people=people_words(figure), worth=f"{round(base):,}", effect=f"{DESIGN_EFFECT:g}")


def chosen_sentence() -> str:
    """Return what a difference from a survey cannot show."""
    return _(
        "People here chose to come and chose to answer. A difference describes this audience; it does not show what the "
        "performance did."
    )


def _fact(name: str, words: Text, benchmark: Benchmark) -> Fact:
    spoken = current() in words.by_language
    return Fact(name, str(words), "" if spoken else benchmark.language)


def _both(found: Beside) -> str:
    line = found.agreeing
    if not enough(line.here.base):
        words = _(
            "{count} of the {base} people who answered here {agreed}; in the published survey {there} in 100."
        )
    else:
        words = _("{here} in 100 {agreed} here; in the published survey {there} in 100.")
    return words.format(
        count=line.here.count,
        base=line.here.base,
        here=line.here.in_100,
        agreed=agreed(found.question),
        there=in_100(line.there),
    )


def _why_no_difference(found: Beside) -> str:
    if not found.same:
        return _("It was a similar question, not the same one, so we do not work out a difference.")
    if found.verdict is Verdict.TOO_FEW:
        return _("Too few people answered to work out a difference.")
    return _("How many people the survey asked is not known, so we cannot work out a difference.")


def _difference(found: Beside) -> str:
    assert found.difference is not None
    interval = found.difference
    near, far = sorted((abs(interval.low), abs(interval.high)))
    if found.verdict is Verdict.ABOUT_THE_SAME:
        return one_after_another([_both(found), about_the_same(agreed(found.question), found.margin)])
    if found.verdict is Verdict.NONE:
        words = _(
            "No clear difference: the two could be the same, or differ by up to {far} in 100 one way and {near} the other."
        )
        return one_after_another([_both(found), words.format(far=in_100(far), near=in_100(near))])
    if interval.high < 0:
        words = _(
            "{size} fewer in 100 {agreed} here than in the published survey (somewhere between {low} and {high} "
            "fewer{allowing})."
        )
    else:
        words = _(
            "{size} more in 100 {agreed} here than in the published survey (somewhere between {low} and {high} "
            "more{allowing})."
        )
    told = words.format(
        size=in_100(found.agreeing.here.share - found.agreeing.there),
        agreed=agreed(found.question),
        low=in_100(near),
        high=in_100(far),
        allowing=allowing(found.compared),
    )
    if found.small:
        return one_after_another([told, _("The difference is small.")])
    return told
