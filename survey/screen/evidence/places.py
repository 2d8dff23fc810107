"""The tables of a ranking: place by place, two answers against each other, and how far people agree."""

from collections.abc import Iterator

from survey.analysis.figures import enough, p_words, suppressed
from survey.analysis.ranks import Agreement, Ranks
from survey.analysis.suppression import fit
from survey.screen.evidence.sheet import Table

ORDINALS = ("1st", "2nd", "3rd")
RANKED = (
    "A ranking's bars and ranges are first choices. In its mean place, the answers a person left out share the places"
    " that are left: each stands in the middle of them. The lower the mean place, the higher the answer stands.",
)


def places_table(ranked: Ranks) -> Table:
    """Return how many put each answer in each place, in any place, and its mean place."""
    heads = ["Answer", *(ordinal(place) for place in range(1, ranked.question.places + 1)), "In any place"]
    heads += ["In 100"] * enough(ranked.base)
    rows = []
    for one in ranked.placed:
        row = [str(ranked.question.option(one.option).label), *map(str, one.places), str(one.named.count)]
        row += [str(one.named.in_100)] * enough(ranked.base)
        rows.append((*row, f"{one.mean:.1f}"))
    return Table(
        f"{ranked.question.name}: {ranked.base} people, place by place", (*heads, "Mean place"), tuple(rows)
    )


def above_table(ranked: Ranks) -> Table:
    """Return how often each answer stands above each other, where that points at nobody."""
    values = ranked.question.values
    rows = []
    for number, value in enumerate(values, start=1):
        label = f"{number}. {ranked.question.option(value).label}"
        rows.append((label, *("" if value == other else _above(ranked, value, other) for other in values)))
    unit = "in 100 of" if enough(ranked.base) else "of"
    caption = f"How often the answer on the left stands above the other, {unit} those who named either"
    return Table(caption, ("Answer", *(str(number + 1) for number in range(len(values)))), tuple(rows), True)


def agreement_table(ranked: Ranks) -> Table:
    """Return how far people agree on one order, for those who know the tests."""
    return Table(
        "For those who know the tests",
        ("Test", "Kendall's W", "Friedman's χ²", "Degrees of freedom", "p"),
        tuple(_agreement(ranked.agreement)),
        expert=True,
    )


def ordinal(place: int) -> str:
    """Return a place as it is said."""
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"{place}th"


def _above(ranked: Ranks, value: str, other: str) -> str:
    share = ranked.preferred(value, other)
    if suppressed(share.base) or not fit([share.count, share.base - share.count]):
        return "–"
    return str(share.in_100) if enough(ranked.base) else f"{share.count} of {share.base}"


def _agreement(found: Agreement | None) -> Iterator[tuple[str, ...]]:
    if found:
        name = "Friedman, corrected for answers left out"
        yield name, f"{found.w:.2f}", f"{found.statistic:.1f}", str(found.freedom), p_words(found.p)
