"""Busy: what people are told when the database cannot take or give anything now."""


class DatabaseBusy(Exception):
    """Nothing was stored: the database is locked, full or overloaded. Sending again in a moment may work."""
