"""Results: what one audience said, with both ranges in words and who did not answer."""

import streamlit as st

from survey.model import Role
from survey.publication import is_jury
from survey.screen.evidence.concluding import with_conclusion
from survey.screen.evidence.juries import hidden_juries, jury_sheet
from survey.screen.evidence.pickers import pick_performance, pick_wave, printing
from survey.screen.evidence.printing import print_sheet
from survey.screen.evidence.reading import comments_of, read_evidence, reading
from survey.screen.evidence.results import results_sheet
from survey.screen.evidence.sheet import with_notes
from survey.screen.evidence.showing import begin, head, show_sheet
from survey.screen.signed_in import require
from survey.storage.conclusions import conclusion
from survey.storage.counts import unlinked_counts
from survey.storage.notes import notes
from survey.storage.performances import performances as every_performance

require(Role.ORGANISER)
head("Results")

with reading() as connection:
    performances = every_performance(connection)
    if not performances:
        begin("Results", "There is no performance yet. Set one up first; its results will stand here.")
        st.stop()
    with st.container(horizontal=True):
        performance = pick_performance(performances)
        wave = pick_wave()
    evidence = read_evidence(connection, [performance], wave)
    alone = unlinked_counts(connection, [performance.id])
    comments = comments_of(connection, performance, wave)
    marked = notes(connection, performance.id)
    hidden = hidden_juries(connection, [performance])
    written = conclusion(connection, performance.id)

if is_jury(performance):
    sheet = jury_sheet(evidence, comments, out=not hidden)
else:
    sheet = results_sheet(evidence, alone=alone, comments=comments)
sheet = with_conclusion(sheet, written)
sheet = with_notes(sheet, marked)
if printing():
    print_sheet(sheet, page="results")
else:
    show_sheet(sheet, page="results")
