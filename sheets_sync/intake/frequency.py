"""Service frequencies: read from one text or from a line's four columns, written in one form."""

from __future__ import annotations

from sheets_sync.intake.frequency_text import Frequency, read_frequency, write_frequency
from sheets_sync.intake.line_frequency import read_line_frequency

__all__ = ["Frequency", "read_frequency", "read_line_frequency", "write_frequency"]
