"""Excel workbooks: a sheet for each table, then what the columns mean, what it all is, and who said so.

Every text is a cell of text, so that none is run as a formula, no P-code loses its zeros and none becomes a day; days
are days. The same rows give the same bytes: nothing in the file tells when it was written.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from mapper.outputs import style
from mapper.outputs.exports import about as abouts
from mapper.outputs.exports import cells, xml_text
from mapper.outputs.exports import layer as layers_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from mapper.outputs.exports.layer import About, Column, Layer

LONGEST: Final = 32_767
"""Characters that a cell can hold."""

CUT: Final = " ... (cut)"
WIDEST: Final = 60
"""Characters that a column is wide at most, and ``NARROWEST`` at least."""

NARROWEST: Final = 9
A3: Final = 8
A4: Final = 9
HEADER_FILL: Final = "#E9EFF3"
FIRST_DAY: Final = dt.date(1900, 3, 1)
"""Excel counts a day before this that never was."""

ELSEWHERE: Final = frozenset({"columns", "sources", "actors", "statuses"})
"""Of what an export says of itself, what has a sheet or rows of its own."""

LONGEST_LINK: Final = 2_000
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(layers: Sequence[Layer], about: About, *, stem: str) -> dict[str, bytes]:
    """Write all layers into one workbook, without their shapes."""
    import xlsxwriter  # noqa: PLC0415 -- only this form needs it

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        sheets = _Sheets(book)
        for layer in layers:
            sheets.layer(layer)
        sheets.columns(layers)
        sheets.about(about, layers)
        sheets.sources(about)
        book.set_properties(
            {
                "title": _shown(about.title),
                "author": _shown("; ".join(about.attribution)),
                "comments": _shown(" ".join(about.caveats)),
                "created": dt.datetime.combine(about.as_known_on, dt.time(), dt.UTC),
            }
        )
    return {f"{stem}.xlsx": buffer.getvalue()}


def told(layers: Sequence[Layer]) -> Iterator[str]:
    """Say which cells do not hold their text as it is."""
    yield from cells.told(layers, f"Text of more than {LONGEST} characters is cut", lambda text: len(text) > LONGEST)
    yield from cells.signs(layers)


def _shown(text: str) -> str:
    fit = xml_text.fit(text)
    return fit if len(fit) <= LONGEST else fit[: LONGEST - len(CUT)] + CUT


def _said(value: object) -> str:
    return ("no", "yes")[value] if isinstance(value, bool) else str(value)


class _Sheets:
    """The sheets of one workbook, and the looks of their cells."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.plain = book.add_format({"valign": "top"})
        self.wrapped = book.add_format({"valign": "top", "text_wrap": True})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        # Excel says TRUE of itself; LibreOffice says 1 without being told how
        self.truth = book.add_format({"valign": "top", "align": "left", "num_format": '"TRUE";"TRUE";"FALSE"'})
        self.number = book.add_format({"valign": "top", "align": "right", "indent": 1})
        self.head = book.add_format({"bold": True, "bg_color": HEADER_FILL, "bottom": 1, "valign": "top"})
        fills = style.palette()["fills"]
        dark = style.dark_classes(style.palette())
        self.looks = {
            name: book.add_format(
                {"valign": "top", "bg_color": fill, "font_color": "#FFFFFF" if name in dark else "#1B1B1B"}
            )
            for name, fill in fills.items()
        }

    def layer(self, layer: Layer) -> None:
        """Write one table, with a fill behind what the legend says of a row."""
        sheet = self._sheet(layer.name, [column.name for column in layer.columns])
        widths = [len(column.name) for column in layer.columns]
        for number, row in enumerate(layer.rows(), start=1):
            for place, column in enumerate(layer.columns):
                value = row[column.name]
                coloured = column.name == "label" and row.get("map_class") in self.looks
                look = self.looks[row["map_class"]] if coloured else self.plain
                widths[place] = max(widths[place], self._cell(sheet, (number, place), value, column, look))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(width + 2, NARROWEST), WIDEST))
        corners = 0, 0, len(layer.table), len(layer.columns) - 1
        sheet.autofilter(*corners)
        sheet.print_area(*corners)
        sheet.set_paper(A3)
        sheet.fit_to_pages(3, 0)

    def _sheet(self, name: str, header: Sequence[str]) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        for place, text in enumerate(header):
            self._text(sheet, (0, place), text, self.head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        return sheet

    def _cell(self, sheet: Worksheet, place: tuple[int, int], value: object, column: Column, look: Format) -> int:
        """Write one cell and give the room that it takes; nothing is an empty cell."""
        flat = layers_.flat(value)
        if flat is None or flat == "":
            return 0
        if isinstance(value, dt.date) and value >= FIRST_DAY:
            sheet.write_datetime(*place, dt.datetime.combine(value, dt.time()), self.day)
        elif isinstance(value, bool):
            sheet.write_boolean(*place, value, self.truth)
        elif column.kind in {"integer", "number"}:
            sheet.write_number(*place, flat, self.number)
        else:
            self._text(sheet, place, flat, look)
        return len(str(flat))

    def _text(self, sheet: Worksheet, place: tuple[int, int], text: str, look: Format) -> None:
        shown = _shown(text)
        if shown.startswith("<r>") and shown.endswith("</r>"):
            # xlsxwriter takes such a text for markup of its own, unless it comes in pieces
            sheet.write_rich_string(*place, shown[:1], self.plain, shown[1:], look)
        else:
            sheet.write_string(*place, shown, look)

    def columns(self, layers: Sequence[Layer]) -> None:
        """Write what each column means."""
        rows = [
            [layer.name, column.name, column.kind, column.title, column.hxl]
            for layer in layers
            for column in layer.columns
        ]
        self._listed("columns", ["sheet", "column", "kind", "meaning", "hxl"], rows, [14, 18, 9, 90, 30])

    def about(self, about: About, layers: Sequence[Layer]) -> None:
        """Write what the workbook is, from when, under which licence, and what it cannot tell."""
        rows = [
            [key.replace("_", " "), _said(one)]
            for key, value in abouts.as_json(about, layers).items()
            if key not in ELSEWHERE and value not in (None, "", [])
            for one in (value if isinstance(value, list) else [value])
        ]
        rows += [[f"sheet {layer.name}", layer.title] for layer in layers]
        rows += [[f"actor {name}", said] for name, said in about.actors.items()]
        self._listed("about", ["what", "value"], rows, [24, 110])

    def sources(self, about: About) -> None:
        """Write who said it, with links."""
        header = ["source_id", "publisher", "published", "licence", "url"]
        rows = [[one.source_id, one.publisher, one.published, one.licence, one.url] for one in about.sources]
        sheet = self._listed("sources", header, rows, [34, 56, 12, 18, 90])
        for number, one in enumerate(about.sources, start=1):
            if one.url and len(one.url) <= LONGEST_LINK:
                sheet.write_url(number, len(header) - 1, one.url, string=_shown(one.url))
        sheet.autofilter(0, 0, len(rows), len(header) - 1)

    def _listed(self, name: str, header: list[str], rows: list[list[str]], widths: list[int]) -> Worksheet:
        sheet = self._sheet(name, header)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                if text:
                    self._text(sheet, (number, place), text, self.wrapped)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet
