"""Charts: figures in, pictures out. Nothing is computed here but where a mark goes.

picture   a chart with the sentence that says the same; as a page's specification, as SVG or PNG for print
theme     palette, type and settings shared by all of them
stacks    a whole questionnaire: diverging stacked bars
ranges    one question: its answers, and what the whole room may think
dots      two audiences: dots with ranges, and the difference that decides
benchmarks  an audience beside published surveys: dots with ranges on grey bands
flows     the same people before and after
turnout   who answered, of those who were there
shapes    how each of them looks, whatever its numbers

Rows are rounded before Altair sees them: a page's source holds every value that a chart is given.
"""
