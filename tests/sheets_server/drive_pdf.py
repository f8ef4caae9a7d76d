"""The least that is a PDF: a page a tab or more, its rows as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

_LINES = 60
_WIDTH, _HEIGHT, _MARGIN, _LEADING = 612, 792, 36, 12


def pdf(tabs: list[tuple[str, list[list[str]]]]) -> bytes:
    """Return a document with the tabs (title, rows). What Latin-1 does not have is shown as "?"."""
    pages = list(_pages(tabs))
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + 2 * len(pages), 2))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects += [_page(5 + 2 * number), _stream(_text(lines))]
    return _document(objects)


def _pages(tabs: list[tuple[str, list[list[str]]]]) -> Iterator[list[str]]:
    for title, rows in tabs:
        lines = [title, "", *("   ".join(text for text in row if text) for row in rows)]
        for start in range(0, len(lines), _LINES):
            yield lines[start : start + _LINES]


def _page(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] "
        f"/Resources << /Font << /F1 3 0 R >> >> /Contents {content} 0 R >>"
    ).encode()


def _text(lines: list[str]) -> bytes:
    start = f"BT /F1 10 Tf {_LEADING} TL {_MARGIN} {_HEIGHT - _MARGIN} Td\n".encode()
    return start + b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines) + b"ET"


def _escaped(line: str) -> bytes:
    text = " ".join(line.split()).encode("cp1252", "replace")
    return text.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _document(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer
