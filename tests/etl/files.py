"""Small files for tests, well-formed and not."""

import gzip
import io
import zipfile

GOOD = b"time_period,area,value\n2025,here,1\n2024,there,c\n"


def csv_of(*rows: str) -> bytes:
    """Return rows as a file with Unix line ends."""
    return "".join(f"{row}\n" for row in rows).encode()


def gzip_bomb(size: int) -> bytes:
    """Return gzip that unpacks to that many blanks, about a thousandth of it packed."""
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as out:
        for _ in range(size // 1_000_000):
            out.write(b" " * 1_000_000)
    return packed.getvalue()


def workbook(*rows: tuple[object, ...], title: str = "Sheet1") -> bytes:
    """Return a small XLSX workbook of one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    """Return a zip archive with those members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        for name, content in members.items():
            files.writestr(name, content)
    return out.getvalue()
