"""Reads what people typed: cells and phrases in, tables and problems out. Pure."""
