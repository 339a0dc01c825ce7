"""Workbooks made by hand, as honest programs and others make them."""

from __future__ import annotations

import io
import zipfile

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def archive(parts: dict[str, str]) -> bytes:
    """Pack texts by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return buffer.getvalue()


def xlsx_cells(rows: list[list[str]]) -> str:
    """Write rows of text as cells; one that begins with ``=`` is a formula."""
    lines = []
    for number, cells in enumerate(rows, start=1):
        made = []
        for column, text in enumerate(cells):
            place = f'r="{chr(65 + column)}{number}"'
            if text.startswith("="):
                made.append(f"<c {place}><f>{text[1:]}</f><v>2</v></c>")
            else:
                made.append(f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(made)}</row>')
    return "".join(lines)


def xlsx(data: str, *, doctype: str = "", more: dict[str, str] | None = None) -> bytes:
    """Make an XLSX of one sheet, given its rows as XML."""
    sheet = f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": f'{RELATIONS}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<?xml version="1.0"?>{book}</workbook>',
            "xl/_rels/workbook.xml.rels": f'{RELATIONS}<Relationship Id="rId1" Type="{OFFICE}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            **(more or {}),
        }
    )


def ods(table: str, *, doctype: str = "") -> bytes:
    """Make an ODS of one sheet, given its rows as XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_cells(rows: list[list[str]]) -> str:
    """Write rows of text as cells; one that begins with ``=`` is a formula."""
    lines = []
    for cells in rows:
        made = [
            f'<table:table-cell table:formula="of:{text}" office:value-type="float" office:value="2"/>'
            if text.startswith("=")
            else f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in cells
        ]
        lines.append(f"<table:table-row>{''.join(made)}</table:table-row>")
    return "".join(lines)
