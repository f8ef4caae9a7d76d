"""Lets `python -m sheets_sync` and the installed command `sheets-sync` do the same."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and end with its exit code (spec: commands.md).

    Nothing is collected: a command is over in a second, and looking for garbage that is not there takes a
    tenth of it.
    """
    gc.disable()
    from sheets_sync.cli.main import run_command_line

    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
