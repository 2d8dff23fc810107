"""The questions of one wave on the desk, each with a way onto the stage whether or not the run has it."""

import streamlit as st

from survey.model import Performance, Wave
from survey.screen.office.words import wave_word
from survey.screen.room import calls
from survey.screen.room.asked import Desk
from survey.screen.templating import rendered


def chosen_wave(performance: Performance) -> Wave:
    """Return the wave whose questions are listed: the open one, until a person picks; another opening picks anew."""
    return Wave(st.session_state.get(_key(performance)) or performance.open_wave or Wave.AFTER)


def show_questions(account: str, desk: Desk, wave: Wave) -> None:
    """List the questions of one wave, each with a way onto the stage."""
    performance = desk.performance
    st.segmented_control(
        "Questions of which wave",
        list(Wave),
        default=performance.open_wave or Wave.AFTER,
        format_func=lambda wave: wave_word(performance.kind, wave).capitalize(),
        key=_key(performance),
        required=True,
        label_visibility="collapsed",
    )
    for asked in desk.asked:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"desk-row-{asked.question.id}"
        ):
            st.html(rendered("desk/question.html", asked=asked))
            if asked.seen and not asked.on_stage:
                st.button(
                    "Hide",
                    key=f"desk-hide-{wave}-{asked.question.id}",
                    on_click=calls.hide_listed,
                    args=(account, performance, asked.question, wave),
                    width="content",
                )
            st.button(
                "On stage now" if asked.on_stage else "Show this on stage",
                key=f"desk-show-{wave}-{asked.question.id}",
                disabled=asked.on_stage,
                on_click=calls.show_question,
                args=(account, performance, asked.question, wave),
                width="content",
            )


def _key(performance: Performance) -> str:
    return f"desk-wave-{performance.code}-{performance.open_wave}"
