"""Reconciles service grid x schedule x log of a special-education caseload, to the minute."""

__version__ = "0.1.0"
