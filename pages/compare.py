"""Compare: two sets of performances, question by question, and how clear each difference is."""

import streamlit as st

from survey.model import Role
from survey.screen.evidence.compare import compare_sheet
from survey.screen.evidence.juries import WAIT, hidden_juries
from survey.screen.evidence.naming import side_names
from survey.screen.evidence.pickers import pick_performances, pick_wave, printing, two_sides
from survey.screen.evidence.printing import print_sheet
from survey.screen.evidence.reading import read_evidence, reading
from survey.screen.evidence.showing import begin, head, say, show_sheet
from survey.screen.evidence.sides import Side
from survey.screen.signed_in import require
from survey.storage.performances import performances as every_performance

require(Role.ORGANISER)
head("Compare")

with reading() as connection:
    performances = every_performance(connection)
    if len(performances) < 2:
        begin(
            "Compare",
            "A comparison needs two performances. Set up another, or bring in past evidence: houselights import FILE.",
        )
        st.stop()
    first_a, first_b = two_sides(performances)
    left, right = st.columns(2)
    with left:
        a = pick_performances("These performances", "a", performances, first_a)
    others = [one for one in performances if one not in a]
    with right:
        b = pick_performances("compared with these", "b", others, first_b)
    wave = pick_wave()
    if not a or not b:
        say("Choose at least one performance on each side.")
        st.stop()
    if growing := [one.name for one in (*a, *b) if one.open_wave is wave]:
        say(f"Answers are still coming in: {'; '.join(growing)}. Close them, then compare.")
        st.stop()
    if hidden := hidden_juries(connection, [*a, *b]):
        say(f"{'; '.join(one.name for one in hidden)}: {WAIT}")
        st.stop()
    name_a, name_b = side_names(a, b)
    side_a = Side(name_a, read_evidence(connection, a, wave))
    side_b = Side(name_b, read_evidence(connection, b, wave))

sheet = compare_sheet(side_a, side_b)
if printing():
    print_sheet(sheet, page="compare")
else:
    show_sheet(sheet, page="compare")
