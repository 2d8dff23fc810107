"""The storage floor: the only one that knows SQLAlchemy. One module per noun; functions take a connection and never commit.

``database`` opens the database and is the one door for writing; ``migrations`` brings it up to date; ``copies`` keeps
and puts back a copy. Everything else is a noun of the house: productions, performances, questionnaires, responses,
counts, checkpoints, rooms, sign_ins, evidence, exports; offers, resources, pledges and contacts for after sending.
"""
