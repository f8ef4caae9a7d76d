"""Layouts other than a list, each read into the rows of a list whose cells know where they stand."""
