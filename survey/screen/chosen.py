"""What is chosen on a page stands in its address: it can be sent, Back goes back, and the performance stays chosen.

A list of a page and the page's address say the same. Where they differ, the address was changed by Back, by a link or by
a colleague, and it has the last word; where only the list was moved, the address follows.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

PERFORMANCE = "performance"
KEPT, PAGE, WRITTEN = "chosen.performance", "chosen.page", "chosen.written."


def begin_with(name: str, key: str, wanted: Any) -> None:
    """Give a list with this key its choice before it is drawn, unless its own newer choice waits to be written."""
    asked = st.query_params.get(name, "")
    if key not in st.session_state or asked != st.session_state.get(_written(name)):
        st.session_state[key] = wanted
        st.session_state[_written(name)] = asked


def remember(name: str, value: str, *, usual: str = "") -> None:
    """Write a choice into the page's address; the ``usual`` one needs no writing, and no step for Back."""
    if st.query_params.get(name, usual) != value:
        st.query_params[name] = value
    st.session_state[_written(name)] = st.query_params.get(name, "")
    _keep()


def chosen_code() -> str:
    """Return the code of the performance chosen: in the address, else in this browser tab before; "" for none."""
    return _in_address() or str(st.session_state.get(KEPT, ""))


def staying(pages: Sequence[str], page: str, run: Callable[[], None]) -> None:
    """Run a page; on those about one performance, the one that was chosen before stands in an address that names none."""
    if st.session_state.get(PAGE) != page:  # another page's lists have kept nothing of this one's
        st.session_state[PAGE] = page
        for name in [each for each in st.session_state if str(each).startswith(WRITTEN)]:
            del st.session_state[name]
    if page in pages and not _in_address() and (code := chosen_code()):
        st.query_params[PERFORMANCE] = code
    _keep()
    try:
        run()
    finally:
        _keep()


def _in_address() -> str:
    return st.query_params.get(PERFORMANCE, "").partition(",")[0]


def _keep() -> None:
    if code := _in_address():
        st.session_state[KEPT] = code


def _written(name: str) -> str:
    return WRITTEN + name
