"""The room: what a facilitator does and what the room then sees, the same from the desk, the remote and a clicker.

acts     going on in the run, black, the panic key, reveal and hide what is on stage, the timer
now      what is on stage now: the cue, what comes next, the question or poll behind it
revealed whether the room sees the result of what is on stage
benchmarks  which published surveys may stand beside a question, and why one does not show yet
words    a cue in words, for whoever leads the discussion
"""
