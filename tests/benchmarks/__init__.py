"""Measurements: never part of CI. See README.md."""
