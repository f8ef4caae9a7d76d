"""The world: files, mail servers, SQLite, the clock. Imports none of each other."""
