"""Lets `python -m sheets_sync` and the installed command `sheets-sync` do the same."""

from __future__ import annotations

import sys

from sheets_sync.cli.main import run_command_line


def main() -> None:
    """Run the command line and end with its exit code (spec: commands.md)."""
    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
