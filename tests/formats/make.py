#!/usr/bin/env python3
"""Writes the texts of this repository in the formats that offices use.

    python3 tests/formats/make.py

Needs nothing but Python 3.9; where LibreOffice is installed, files are saved
once more by it, as another program writes them. The outputs are committed, and
tests/tests/formats.rs compares what is read of each with the text.
"""

import re
import shutil
import subprocess
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
LIAONING = HERE / "../../seeds/documents/liaoning-meili-2024.txt"
WATER = HERE / "water.txt"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def blocks(text):
    """Yields the lines of a text that are not blank, and its tables as rows of cells."""
    rows = []
    for line in text.split("\n"):
        if line.startswith("|"):
            cells = [cell.strip().replace("<br>", "\n") for cell in line.strip("|").split("|")]
            if not all(re.fullmatch(":?-+:?", cell) for cell in cells):
                rows.append(cells)
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line
    if rows:
        yield rows


def merges(rows):
    """Returns rectangles of cells that say the same: row, column, height, width.

    A row that says one thing is merged across, so is a head of several columns;
    words down a column are, numbers and dates are not."""
    taken = set()
    found = []
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if (at, column) in taken or not cell or cell == "—":
                continue
            width = 1
            while column + width < len(row) and row[column + width] == cell:
                width += 1
            height = 1
            while (
                width == 1
                and at + height < len(rows)
                and rows[at + height][column] == cell
                and not re.match(r"[0-9]", cell)
                and len(set(rows[at + height])) > 1
            ):
                height += 1
            if width * height > 1:
                found.append((at, column, height, width))
                taken.update((at + y, column + x) for y in range(height) for x in range(width))
    return found


def pack(path, parts):
    """Writes a zip archive that is the same on every day."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)


def relationships(targets):
    entries = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/relationships/{role}" Target="{target}"/>'
        for at, (role, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def content_types(parts):
    entries = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in parts
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


# Word


def run(text):
    lines = escape(text).split("\n")
    return "<w:r>" + "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines) + "</w:r>"


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def numbered(line):
    """Leaves the number of a heading to its style."""
    for style, marker in (("1", "[一二三四五六七八九十]+、"), ("2", r"\([一二三四五六七八九十]+\)")):
        if found := re.match(marker, line):
            return paragraph(line[found.end() :], f'<w:pStyle w:val="{style}"/>')
    return paragraph(line)


def word_table(rows):
    origins = {}
    covered = {}
    for at, column, height, width in merges(rows):
        origins[at, column] = (height, width)
        for y in range(height):
            covered[at + y, column] = (y, height, width)
    out = '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>'
    out += '<w:gridCol w:w="1500"/>' * len(rows[0]) + "</w:tblGrid>"
    for at, row in enumerate(rows):
        out += "<w:tr>"
        column = 0
        while column < len(row):
            y, height, width = covered.get((at, column), (0, 1, 1))
            properties = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            if height > 1:
                properties += "<w:vMerge/>" if y else '<w:vMerge w:val="restart"/>'
            inside = "<w:p/>" if y else paragraph(row[column])
            out += f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
            column += width
        out += "</w:tr>"
    return out + "</w:tbl>"


def level(at, text, style, more=""):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>{more}'
        f'<w:pStyle w:val="{style}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def heading_style(style, at):
    return (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="heading {style}"/><w:basedOn w:val="a"/>'
        f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{at}"/></w:pPr>'
        "</w:style>"
    )


def docx(path, body):
    # （一） runs on through the chapters of this document.
    levels = level(0, "%1、", "1") + level(1, "(%2)", "2", '<w:lvlRestart w:val="0"/>')
    pack(
        path,
        {
            "[Content_Types].xml": content_types(
                [
                    ("word/document.xml", "wordprocessingml.document.main"),
                    ("word/styles.xml", "wordprocessingml.styles"),
                    ("word/numbering.xml", "wordprocessingml.numbering"),
                ]
            ),
            "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": relationships(
                [("styles", "styles.xml"), ("numbering", "numbering.xml")]
            ),
            "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>',
            "word/styles.xml": f'{HEAD}<w:styles xmlns:w="{WORD}">'
            '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
            + heading_style("1", 0)
            + heading_style("2", 1)
            + "</w:styles>",
            "word/numbering.xml": f'{HEAD}<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        },
    )


def word_body(text, write=paragraph):
    return "".join(write(block) if isinstance(block, str) else word_table(block) for block in blocks(text))


# Excel


def place(row, column):
    return f"{chr(ord('A') + column)}{row + 1}"


# Formats of cells: as it is, two places, a month.
STYLES = (
    f'{HEAD}<styleSheet xmlns="{SHEET}"><numFmts count="1"><numFmt numFmtId="176" '
    'formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf/><xf numFmtId="2" applyNumberFormat="1"/>'
    '<xf numFmtId="176" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def cell(row, column, text):
    """Writes a month as a date and a number as a number, as people type them."""
    where = place(row, column)
    if month := re.fullmatch(r"(\d{4})年(\d+)月", text):
        days = (date(int(month[1]), int(month[2]), 1) - date(1899, 12, 30)).days
        return f'<c r="{where}" s="2"><v>{days}</v></c>'
    if re.fullmatch(r"\d+(\.\d+)?", text):
        style = 1 if re.fullmatch(r"\d+\.\d\d", text) else 0
        return f'<c r="{where}" s="{style}"><v>{float(text)!r}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def worksheet(title, rows, notes):
    width = len(rows[0])
    lines = [[title]] + rows + [[note] for note in notes]
    across = [(0, 0, 1, width)] + [(at + 1, column, y, x) for at, column, y, x in merges(rows)]
    across += [(at, 0, 1, width) for at in range(len(rows) + 1, len(lines))]
    hidden = {
        (at + y, column + x) for at, column, height, wide in across for y in range(height) for x in range(wide)
    } - {(at, column) for at, column, _, _ in across}
    data = "".join(
        f'<row r="{at + 1}">'
        + "".join(cell(at, column, text) for column, text in enumerate(row) if (at, column) not in hidden)
        + "</row>"
        for at, row in enumerate(lines)
    )
    merged = "".join(
        f'<mergeCell ref="{place(at, column)}:{place(at + height - 1, column + wide - 1)}"/>'
        for at, column, height, wide in across
    )
    return (
        f'{HEAD}<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData>'
        f'<mergeCells count="{len(across)}">{merged}</mergeCells></worksheet>'
    )


def xlsx(path, text):
    """Writes each table with the line above it and the lines below as a sheet."""
    sheets = []
    found = list(blocks(text))
    for at, block in enumerate(found):
        if isinstance(block, list):
            following = found[at + 1 :]
            ends = [n for n, later in enumerate(following) if isinstance(later, list)]
            notes = following[: ends[0] - 1] if ends else following
            sheets.append((found[at - 1], block, notes))
    numbers = range(1, len(sheets) + 1)
    names = "".join(
        f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, (title, _, _) in zip(numbers, sheets)
    )
    parts = {
        "[Content_Types].xml": content_types(
            [("xl/workbook.xml", "spreadsheetml.sheet.main"), ("xl/styles.xml", "spreadsheetml.styles")]
            + [(f"xl/worksheets/sheet{n}.xml", "spreadsheetml.worksheet") for n in numbers]
        ),
        "_rels/.rels": relationships([("officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": relationships(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers] + [("styles", "styles.xml")]
        ),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}/relationships">'
        f"<sheets>{names}</sheets></workbook>",
        "xl/styles.xml": STYLES,
    }
    for n, sheet in zip(numbers, sheets):
        parts[f"xl/worksheets/sheet{n}.xml"] = worksheet(*sheet)
    pack(path, parts)


# Web pages


def html_table(rows):
    spans = {(at, column): (height, width) for at, column, height, width in merges(rows)}
    hidden = {
        (at + y, column + x) for (at, column), (height, width) in spans.items() for y in range(height) for x in range(width)
    } - set(spans)
    out = "<table>"
    for at, row in enumerate(rows):
        out += "<tr>"
        for column, text in enumerate(row):
            if (at, column) in hidden:
                continue
            height, width = spans.get((at, column), (1, 1))
            out += f'<td rowspan="{height}" colspan="{width}">{escape(text).replace(chr(10), "<br>")}</td>'
        out += "</tr>\n"
    return out + "</table>"


def html(path, text):
    body = "\n".join(
        f"<p>{escape(block)}</p>" if isinstance(block, str) else html_table(block) for block in blocks(text)
    )
    page = (
        '<!DOCTYPE html><html><head><meta charset="gb2312"></head><body><ul><li><a href="/">首页</a></li></ul>'
        f'<div id="zoom">{body}</div><div>主办单位：云岭市水利局</div></body></html>\n'
    )
    path.write_bytes(page.encode("gb18030"))


def save_again(path, ending):
    """Lets LibreOffice read a file and write it, where it is installed."""
    office = shutil.which("soffice")
    if office is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [office, "--headless", "--convert-to", ending, "--outdir", folder, str(path)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        saved = path.with_name(f"{path.stem}-libreoffice.{ending}")
        shutil.copy(Path(folder) / f"{path.stem}.{ending}", saved)


def main():
    liaoning = LIAONING.read_text(encoding="utf-8")
    water = WATER.read_text(encoding="utf-8")
    docx(HERE / "liaoning-typed.docx", word_body(liaoning))
    docx(HERE / "liaoning-numbered.docx", word_body(liaoning, numbered))
    docx(HERE / "water.docx", word_body(water))
    xlsx(HERE / "water.xlsx", water)
    html(HERE / "water.html", water)
    save_again(HERE / "liaoning-typed.docx", "docx")
    save_again(HERE / "water.docx", "docx")
    save_again(HERE / "water.xlsx", "xlsx")


if __name__ == "__main__":
    main()
