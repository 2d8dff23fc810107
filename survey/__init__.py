"""Houselights: the audience answers on phones, the stage shows it, the organiser compares performances.

The floors of this house, top to bottom; a floor imports only from floors below it (``make check`` holds this):

    __main__, commands            the command line
    serving                       one process, one port: options in force, start, stop
    phone | screen | printing     the surfaces: HTML for phones, what Streamlit pages share, PDF; strangers to each other
    charts                        figures in, Altair out; computes nothing
    demonstration                 invented answers to look around with, marked as such everywhere
    exchange                      tables in (past evidence) and out (rows for a researcher, with a codebook)
    room                          what a facilitator does and the room then sees, from desk, remote and clicker alike
    publication                   decides what the public may see; writes due checkpoints
    storage | analysis            the database; the statistics. They do not know each other
    information                   layered texts for the audience, each statement with its sources
    questionnaire                 a questionnaire as data: what is a valid answer is decided here
    model                         the words of the house, as frozen dataclasses
    language                      the catalogue of every sentence the audience may read
    settings                      the only reader of the environment

``app.py`` puts the surfaces together; ``pages/`` are Streamlit scripts that pick, read, compute and show.
"""
