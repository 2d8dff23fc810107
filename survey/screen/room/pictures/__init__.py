"""Pictures of the stage, one module each: what the room sees, in its two layers.

view           what every picture is made from, and what it is: a scene
codes          the code to scan, the address and the number to type
sizes          how large words can be set so that they fit
joining        how to join, with the count that moves
questions      a question and a poll: waiting with what may be answered, then the result
prompts        one thing said in words: a prompt, a jury's conclusions
changes        the same people before and after
comparisons    this audience beside another
benchmarks     this audience beside a published survey
contributions  what the audience wrote and a moderator let through
informing      one layer of information, or the three lines of a text
resting        between times: the name of the evening; the dark; the goodbye
"""
