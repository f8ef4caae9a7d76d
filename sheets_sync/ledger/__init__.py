"""Where every required minute stands: calendars, occurrences, requirement, matching, accounts, status. Pure."""
