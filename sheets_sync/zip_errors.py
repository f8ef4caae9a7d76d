"""What zipfile raises of bytes that are no whole archive: it has no one class for all of that."""

from __future__ import annotations

import struct
import zlib
from zipfile import BadZipFile

DAMAGED_ZIP = (BadZipFile, EOFError, OverflowError, RuntimeError, ValueError, struct.error, zlib.error)
