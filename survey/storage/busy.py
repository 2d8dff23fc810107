"""Busy: what people are told when the database cannot take or give anything now."""


class DatabaseBusy(Exception):
    """Nothing was stored: the database is locked, full or overloaded. Sending again in a moment may work."""


class OutcomeUnknown(DatabaseBusy):
    """The act was being committed when patience ran out: it may be stored. Sending it again does not count twice."""


PATIENCE = 10.0
"""How many seconds one act may wait before the person is asked to send again."""
