"""Tests mirror the package; they are its second documentation."""
