"""The zip that an .xlsx is: its parts read with limits, and some replaced while all others stay as they are.

`zipfile` can only add to an archive. Here every part that does not change is carried over with its local
header, extra fields and compressed bytes (issue 2, item 7: "every other part is byte for byte the same").
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sheets_sync.edges.excel.opening import damaged, refuse_what_is_no_xlsx
from sheets_sync.problems import WrongUse
from sheets_sync.zip_errors import DAMAGED_ZIP

LARGEST_PART = 500_000_000
LARGEST_TOTAL = 1_000_000_000
"""Bytes when unpacked. 1,048,576 formatted rows of 14 columns are 350,000,000."""

SUSPICIOUS_PART = 50_000_000
LARGEST_RATIO = 150
"""A part above SUSPICIOUS_PART may shrink by this much; sheets shrink 5- to 30-fold, a bomb 1,000-fold."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DEFLATED = 8
_ENCRYPTED = 0x1
_UTF8 = 0x800
_NEW_YEAR_1980 = 0x21


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    record: bytes  # as it stands in the central directory
    start: int  # of its local header
    end: int  # of everything that belongs to it
    body: int  # start of its packed bytes
    packed: int
    size: int
    crc: int
    method: int


class Package:
    """The parts of one .xlsx. Names are matched without regard to case, as OPC asks."""

    def __init__(self, data: bytes, name: str) -> None:
        """Read the list of parts, unpacking nothing. Raises WrongUse (no workbook, damaged, a bomb)."""
        refuse_what_is_no_xlsx(data, name)
        self.file_name = name
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos, start, self._comment = archive.infolist(), archive.start_dir, archive.comment
        except DAMAGED_ZIP:
            raise damaged(name, "its end is missing, or it is no zip archive") from None
        _refuse_bombs(infos, name)
        self._entries = self._locate(infos, start)
        self._by_name = {entry.name.casefold(): entry for entry in self._entries}

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self._entries]

    @property
    def spliceable(self) -> bool:
        """False where the archive uses what `rebuilt` does not write: doubled names, offsets above 4 GB."""
        offsets = (_CENTRAL.unpack_from(entry.record)[-1] for entry in self._entries)
        return len(self._by_name) == len(self._entries) and 0xFFFFFFFF not in offsets

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._by_name

    def read(self, part: str) -> bytes:
        """Unpack one part. Raises WrongUse if it is missing or not what the directory says it is."""
        return b"".join(self.chunks(part, LARGEST_PART))

    def chunks(self, part: str, size: int) -> Iterator[bytes]:
        """Unpack one part, at most `size` bytes at a time, and check its length and sum."""
        entry = self._by_name.get(part.casefold())
        if entry is None:
            raise damaged(self.file_name, f"its part {part} is missing")
        crc = length = 0
        for chunk in self._unpack(entry, size):
            crc = zlib.crc32(chunk, crc)
            length += len(chunk)
            if length > entry.size:
                break
            yield chunk
        if length != entry.size or crc != entry.crc:
            raise damaged(self.file_name, f"its part {part} is not what was once written")

    def _unpack(self, entry: _Entry, size: int) -> Iterator[bytes]:
        packed = self._data[entry.body : entry.body + entry.packed]
        if entry.method == zipfile.ZIP_STORED:
            for start in range(0, len(packed), size):
                yield packed[start : start + size]
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            while packed and not inflater.eof:
                yield inflater.decompress(packed, min(size, entry.size + 1))
                packed = inflater.unconsumed_tail
        except zlib.error:
            raise damaged(self.file_name, f"its part {entry.name} cannot be unpacked") from None

    def _locate(self, infos: list[zipfile.ZipInfo], directory: int) -> list[_Entry]:
        starts = [*sorted(info.header_offset for info in infos), directory]
        ends = dict(pairwise(starts))
        entries = []
        at = directory
        for info in infos:
            lengths = _CENTRAL.unpack_from(self._data, at)[10:13]
            record = self._data[at : at + _CENTRAL.size + sum(lengths)]
            at += len(record)
            entries.append(self._entry(info, record, ends[info.header_offset]))
        return entries

    def _entry(self, info: zipfile.ZipInfo, record: bytes, end: int) -> _Entry:
        start = info.header_offset
        if start < 0 or self._data[start : start + 4] != b"PK\x03\x04" or start + _LOCAL.size > end:
            raise damaged(self.file_name, f"its part {info.filename} is not where it should be")
        *_, name, extra = _LOCAL.unpack_from(self._data, start)
        body = start + _LOCAL.size + name + extra
        if body + info.compress_size > end:
            raise damaged(self.file_name, f"its part {info.filename} runs into another")
        return _Entry(
            name=info.filename,
            record=record,
            start=start,
            end=end,
            body=body,
            packed=info.compress_size,
            size=info.file_size,
            crc=info.CRC,
            method=info.compress_type,
        )

    def rebuilt(self, changes: Mapping[str, bytes | None]) -> bytes:
        """Return the archive with these parts put in (None: taken out); new ones come last.

        The result depends on nothing but the arguments: the same changes give the same bytes.
        """
        wanted = {name.casefold(): (name, body) for name, body in changes.items()}
        pieces: list[bytes | memoryview] = []
        piece: bytes | memoryview
        records: list[bytes] = []
        view = memoryview(self._data)
        offset = 0
        for entry in self._entries:
            if entry.name.casefold() not in wanted:
                piece, record = view[entry.start : entry.end], entry.record
            else:
                _, body = wanted.pop(entry.name.casefold())
                if body is None:
                    continue
                piece, record = _packed(entry.record, body)
            records.append(record[:42] + struct.pack("<L", offset) + record[46:])
            pieces.append(piece)
            offset += len(piece)
        for name, body in wanted.values():
            if body is not None:
                piece, record = _packed(_fresh_record(name), body)
                records.append(record[:42] + struct.pack("<L", offset) + record[46:])
                pieces.append(piece)
                offset += len(piece)
        directory = b"".join(records)
        count = len(records)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), offset, len(self._comment))
        return b"".join([*pieces, directory, end, self._comment])


def _fresh_record(name: str) -> bytes:
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF8
    return (
        _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, flags, 8, 0, _NEW_YEAR_1980, 0, 0, 0, len(encoded), 0, 0, 0, 0, 0, 0
        )
        + encoded
    )


def _packed(record: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Return local header with packed body, and central record, for the part that `record` describes."""
    fields = _CENTRAL.unpack_from(record)
    name = record[_CENTRAL.size : _CENTRAL.size + fields[10]]
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflater.compress(body) + deflater.flush()
    common = (
        20,
        fields[3] & _UTF8,
        _DEFLATED,
        fields[5],
        fields[6],
        zlib.crc32(body),
        len(packed),
        len(body),
    )
    local = _LOCAL.pack(b"PK\x03\x04", *common, len(name), 0)
    attributes = fields[14:16]
    central = _CENTRAL.pack(b"PK\x01\x02", fields[1], *common, len(name), 0, 0, 0, *attributes, 0)
    return local + name + packed, central + name


def _refuse_bombs(infos: list[zipfile.ZipInfo], name: str) -> None:
    total = 0
    for info in infos:
        if info.flag_bits & _ENCRYPTED:
            raise WrongUse(
                f"{name} is a zip archive with a password.",
                "Save it without one, as an Excel Workbook (.xlsx).",
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(name, f"its part {info.filename} is packed in a way that Excel does not use")
        ratio = info.file_size / max(info.compress_size, 1)
        total += info.file_size
        if (
            info.file_size > LARGEST_PART
            or total > LARGEST_TOTAL
            or (info.file_size > SUSPICIOUS_PART and ratio > LARGEST_RATIO)
        ):
            raise WrongUse(
                f"{name} would unpack to an unreasonable size (its part {info.filename} alone to "
                f"{info.file_size // 1_000_000} MB), so it was not opened.",
                "If it is really yours, open it in Excel, delete the empty rows below the data and the empty "
                "columns to the right of it, and save it.",
            )
