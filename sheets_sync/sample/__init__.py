"""Workbooks that the program makes: an empty one to start with, and a believable school to look at."""
