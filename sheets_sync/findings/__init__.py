"""What a run finds, and whom to tell. Pure."""
