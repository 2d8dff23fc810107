"""What is chosen on an evidence page. Every choice stands in the page's address, so that it can be sent."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from survey.model import Performance, Wave
from survey.screen.chosen import PERFORMANCE, begin_with, remember
from survey.screen.evidence.naming import called
from survey.screen.evidence.results import WAVES

PRINT = "print"


def printing() -> bool:
    """Return whether the page was asked for on paper."""
    return st.query_params.get(PRINT) == "1"


def pick_performance(performances: Sequence[Performance]) -> Performance:
    """Offer the performances, newest first; the address decides at first. ``performances`` must not be empty."""
    by_code = {one.code: one for one in performances}
    wanted = st.query_params.get("performance", "")
    if printing():
        return by_code.get(wanted, performances[0])
    begin_with(PERFORMANCE, "performance", wanted if wanted in by_code else performances[0].code)
    code = st.selectbox(
        "Performance",
        list(by_code),
        format_func=lambda code: called(by_code[code], performances),
        key="performance",
    )
    remember(PERFORMANCE, code)
    return by_code[code]


def pick_performances(
    label: str, name: str, performances: Sequence[Performance], first: Sequence[str]
) -> tuple[Performance, ...]:
    """Offer several performances; ``first`` are the codes chosen where the address says nothing."""
    by_code = {one.code: one for one in performances}
    given = st.query_params.get(name)
    wanted = [code for code in (first if given is None else given.split(",")) if code in by_code]
    if printing():
        return tuple(by_code[code] for code in wanted)
    begin_with(name, name, wanted)
    chosen = st.multiselect(
        label,
        list(by_code),
        format_func=lambda code: called(by_code[code], performances),
        key=name,
        placeholder="Choose one or more performances",
    )
    remember(name, ",".join(chosen))
    return tuple(by_code[code] for code in chosen)


def pick_wave() -> Wave:
    """Offer before and after; after at first."""
    wanted = st.query_params.get("wave", "")
    first = Wave(wanted) if wanted in set(Wave) else Wave.AFTER
    if printing():
        return first
    begin_with("wave", "wave", first)
    chosen = st.segmented_control(
        "Answers given",
        list(Wave),
        format_func=lambda wave: WAVES[wave],
        key="wave",
        required=True,
    )
    wave = Wave(chosen or first)
    remember("wave", wave.value, usual=Wave.AFTER.value)
    return wave


def two_sides(performances: Sequence[Performance]) -> tuple[list[str], list[str]]:
    """Return the codes to begin a comparison with: the newest closed production's last two years, else two nights.

    Audiences of one kind only; those that still answer are left for later.
    """
    closed = [one for one in performances if one.open_wave is None]
    if not closed:
        return [], []
    newest = closed[0]
    same = [one for one in closed if (one.production_id, one.kind) == (newest.production_id, newest.kind)]
    years = sorted({one.starts_on.year for one in same}, reverse=True)
    if len(years) > 1:
        older, newer = (
            [one.code for one in same if one.starts_on.year == year] for year in (years[1], years[0])
        )
        return older, newer
    return [one.code for one in same[1:2]], [newest.code]


def print_address(page: str) -> str:
    """Return the address of this page's print view, with the same choices."""
    return f"/{page}?{urlencode({**st.query_params.to_dict(), PRINT: '1'})}"
