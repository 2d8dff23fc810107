"""Runs: which performances stay out when several are followed together (rules 1 and 5)."""

from collections.abc import Callable, Collection


def kept_apart(
    names: Collection[str], whole: Callable[[Collection[str]], bool], *, others: bool = False
) -> frozenset[str]:
    """Return which of these performances stay out of their run.

    ``whole`` says whether the figures of some of them together hide nothing. What is hidden of a few alone joins the
    others only where those few together hide nothing: else the run less the others would show it. Where every one
    hides something there are no others to take away. Where the production has ``others`` that are not among these, one
    set less another would show it too: then whoever hides something stays out, except alone.
    """
    hidden = frozenset(name for name in names if not whole([name]))
    if others and len(names) > 1:
        return hidden
    if not hidden or len(hidden) == len(names) or whole(hidden):
        return frozenset()
    return hidden
