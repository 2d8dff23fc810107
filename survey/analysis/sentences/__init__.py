"""Sentences: the statistics in words, in the language spoken now, every one through the catalogue.

phrases      the parts: what people did ("agreed", "said likely"), numbers, labels
results      one question: shares, the two ranges, response rate, modes, provenance
differences  two audiences
benchmarks   an audience beside a published survey
changes      the same people before and after
planning     what an audience can show

What the room reads and hears is `survey.publication`'s; what a picture says is its chart's: both are made from what is
shown there.

Say "in 100"; never speak of everybody outside the room, and never of more certainty than there is.
"""
