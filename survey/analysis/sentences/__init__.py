"""Sentences: the statistics in words, in the language spoken now, every one through the catalogue.

phrases      the parts: what people did ("agreed", "said likely"), numbers, labels
results      one question: shares, the two ranges, response rate, modes, provenance
public       a suppressed result: to read out, and its bars' labels
differences  two audiences
changes      the same people before and after
planning     what an audience can show
pictures     what a chart says to someone who cannot see it

Say "in 100"; never speak of everybody outside the room, and never of more certainty than there is.
"""
