"""The room: what the stage shows and what the desk does.

scene       the picture of the stage as markup, from what is stored; without Streamlit
stage       the projector: one picture, looked at anew every second
acts        what a facilitator does, each in one transaction
desk, asked, waves, questions, panel    the parts of the desk
"""
