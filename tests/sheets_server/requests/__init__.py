"""The requests of a batchUpdate, one file a family."""
