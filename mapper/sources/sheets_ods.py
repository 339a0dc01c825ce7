"""OpenDocument spreadsheets: the cells of ``content.xml``, with what a cell or a row says of its repeats.

https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema/OpenDocument-v1.3-os-part3-schema.html, section 9.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
COPIES_LIMIT: Final = 10_000
"""A row with something in it that says it comes more often says so to fill the memory."""

BLANK_LIMIT: Final = 1_000


def read(raw: bytes, *, rows: int, columns: int, cells: int, formula: str) -> dict[str, list[list[str]]]:
    """Give each sheet by its name, as rows of text; ``formula`` stands for a cell that is one.

    ``rows``, ``columns`` and ``cells`` are the most that are read. Raises :class:`ValueError` where the file is not of
    this form, and what ``defusedxml`` raises where its XML defines entities.
    """
    from defusedxml import ElementTree  # noqa: PLC0415 -- only such a file needs it

    found: dict[str, list[list[str]]] = {}
    listed: list[list[str]] = []
    count = 0
    with zipfile.ZipFile(io.BytesIO(raw)) as opened, opened.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if event == "start" and element.tag == f"{TABLE}table":
                listed = found.setdefault(str(element.get(f"{TABLE}name", len(found) + 1)), [])
            elif event == "end" and element.tag == f"{TABLE}table-row":
                taken = _row(element, columns, formula)
                element.clear()  # what was read is let go, or a large sheet would fill the memory
                count += sum(map(len, taken))
                listed += taken
                if len(listed) > rows or count > cells:
                    raise ValueError(f"it holds more than {rows:,} rows or {cells:,} cells")
    if not found:
        raise ValueError("it holds no sheet")
    for sheet in found.values():
        while sheet and not sheet[-1]:
            sheet.pop()
    return found


def _row(row: Any, columns: int, formula: str) -> list[list[str]]:  # noqa: ANN401 -- an XML element
    """Give a row as often as it says that it comes."""
    cells = list(_cells(row, columns, formula))
    while cells and not cells[-1]:
        cells.pop()
    copies = _copies(row, "rows")
    if cells and copies > COPIES_LIMIT:
        raise ValueError(f"one row says that it comes {copies:,} times")
    return [cells] * min(copies, BLANK_LIMIT if not cells else copies)


def _cells(row: Any, most: int, formula: str) -> Iterator[str]:  # noqa: ANN401 -- an XML element
    count = 0
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        text = _value(cell, formula)
        for _ in range(min(_copies(cell, "columns"), most - count)):
            yield text
            count += 1


def _copies(element: Any, what: str) -> int:  # noqa: ANN401 -- an XML element
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))


def _value(cell: Any, formula: str) -> str:  # noqa: ANN401 -- an XML element
    if cell.get(f"{TABLE}formula") is not None:
        return formula
    kind = cell.get(f"{OFFICE}value-type")
    if kind == "date":
        return str(cell.get(f"{OFFICE}date-value", "")).removesuffix("T00:00:00")
    if kind in ("float", "percentage", "currency"):
        number = float(cell.get(f"{OFFICE}value", "nan"))
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)  # noqa: PLR2004 -- exact
    if kind == "boolean":
        return str(cell.get(f"{OFFICE}boolean-value", ""))
    return "\n".join(_text(part) for part in cell.findall(f"{TEXT}p"))


def _text(paragraph: Any) -> str:  # noqa: ANN401 -- an XML element
    """Give a paragraph's words; blanks that stand as elements of their own are put back."""
    words = [paragraph.text or ""]
    for part in paragraph:
        if part.tag == f"{TEXT}s":
            words.append(" " * min(int(part.get(f"{TEXT}c", "1")), 100))
        elif part.tag != f"{OFFICE}annotation":
            words.append("".join(part.itertext()))
        words.append(part.tail or "")
    return "".join(words)
