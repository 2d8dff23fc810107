"""The evidence pages: what was answered, how two audiences differ, how the same people moved.

reading     what a page reads from the database, in one visit
sheet       what a page says, as dataclasses: blocks of sentences, a picture, a table
naming      what performances are called
results     the sheet of one performance
benchmarks  what published surveys found, beside the answers of one performance
compare     the sheet of two sets of performances; sides: who stands on each
change      the sheet of the same people before and after
pickers     what is chosen, kept in the page's address
showing     a sheet on the screen; printing: the same sheet on paper
"""
