"""Lets `python -m sheets_sync` and the installed command `sheets-sync` do the same."""

from __future__ import annotations

import gc
import os
import signal
import sys


def main() -> None:
    """Run the command line and end with its exit code (spec: commands.md).

    A command is over in a second: nothing is collected on the way, and at the end, when everything is
    written and closed, the process ends without taking its objects apart one by one. Together these are a
    fifth of a run.
    """
    gc.disable()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # until the command has its own: "Stopped."
    try:
        from sheets_sync.cli.main import run_command_line
        from sheets_sync.log import hush

        hush()
        code = run_command_line(sys.argv[1:])
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):  # nobody reads it any more
            code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
