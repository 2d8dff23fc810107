"""The statistics: counts in, frozen dataclasses out. No database, no chart, no web.

figures        from how many answers a number is told, and how it is rounded and written
shares         how many gave each answer, of how many (one base for phone, paper and web)
ranks          places: first choices, mean places, which of two stands higher
ranges         what the share may be in the whole room
comparability  which questions of two questionnaires may be compared, and why the others may not
differences    two audiences: shares, intervals, one verdict
benchmarks     an audience beside a published survey: which question is the same, and the difference then
changes        the same people before and after
suppression    what may be shown so that it points at nobody
planning       what an audience of a given size can show
sentences      all of it in words
"""
