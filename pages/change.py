"""Change: the same people before and after, both ways, with what it cannot tell."""

import streamlit as st

from survey.model import Role
from survey.publication import is_jury
from survey.screen.evidence.change import change_sheet
from survey.screen.evidence.juries import hidden_juries, jury_change_sheet
from survey.screen.evidence.pickers import pick_performances, printing
from survey.screen.evidence.printing import print_sheet
from survey.screen.evidence.reading import read_linked, reading
from survey.screen.evidence.showing import begin, head, say, show_sheet
from survey.screen.signed_in import require
from survey.storage.performances import performances as every_performance

require(Role.ORGANISER)
head("Change")

with reading() as connection:
    performances = every_performance(connection)
    if not performances:
        begin(
            "Change", "There is no performance yet. Set one up first; how its audience moved will stand here."
        )
        st.stop()
    chosen = pick_performances("Performances", "performance", performances, [performances[0].code])
    if not chosen:
        say("Choose at least one performance.")
        st.stop()
    juries = [one for one in chosen if is_jury(one)]
    if juries and len(juries) < len(chosen):
        say("A jury is told from its totals, an audience from linked answers. Choose juries only, or none.")
        st.stop()
    if growing := [one.name for one in chosen if one.open_wave and one not in juries]:
        say(f"Answers are still coming in: {'; '.join(growing)}. Close them, then look who moved.")
        st.stop()
    hidden = hidden_juries(connection, chosen)
    linked = read_linked(connection, chosen)

sheet = jury_change_sheet(linked, out=not hidden) if juries else change_sheet(linked)
if printing():
    print_sheet(sheet, page="change")
else:
    show_sheet(sheet, page="change")
