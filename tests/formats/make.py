#!/usr/bin/env python3
"""Writes the texts of this repository in the formats that offices use.

    python3 tests/formats/make.py

Needs nothing but Python 3.9; where LibreOffice is installed, files are saved
once more by it, as another program writes them, and as PDF where it has the font
WenQuanYi Zen Hei. The outputs are committed, and
tests/tests/formats.rs compares what is read of each with the text.
"""

import re
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile
import zlib
from collections import namedtuple
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


def docx(path, body, around=None):
    """Writes a Word file; `around` are its header and footer by role."""
    around = around or {}
    # （一） runs on through the chapters of this document.
    levels = level(0, "%1、", "1") + level(1, "(%2)", "2", '<w:lvlRestart w:val="0"/>')
    # The header and footer stand behind two other parts.
    section = "".join(
        f'<w:{role}Reference w:type="default" r:id="rId{at}"/>' for at, role in enumerate(around, 3)
    )
    section = f"<w:sectPr>{section}</w:sectPr>" if around else "<w:sectPr/>"
    names = f' xmlns:r="{OFFICE}/relationships"' if around else ""
    pack(
        path,
        {
            "[Content_Types].xml": content_types(
                [
                    ("word/document.xml", "wordprocessingml.document.main"),
                    ("word/styles.xml", "wordprocessingml.styles"),
                    ("word/numbering.xml", "wordprocessingml.numbering"),
                ]
                + [(f"word/{role}.xml", f"wordprocessingml.{role}") for role in around]
            ),
            "_rels/.rels": relationships([("officeDocument", "word/document.xml")]),
            "word/_rels/document.xml.rels": relationships(
                [("styles", "styles.xml"), ("numbering", "numbering.xml")]
                + [(role, f"{role}.xml") for role in around]
            ),
            "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"{names}><w:body>'
            f"{body}{section}</w:body></w:document>",
            **{f"word/{role}.xml": part for role, part in around.items()},
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


# Pages


WIDTH, HEIGHT, MARGIN, SIZE, PITCH = 595, 842, 80, 16, 26
LINES = 26


# A drawn line, from one corner of its page to another.
Rule = namedtuple("Rule", "left top right bottom")


def wide(text):
    """Returns the width of a text in letters."""
    return sum(1 if unicodedata.east_asian_width(ch) in "WFA" else 0.5 for ch in text)


def set_cell(text, width):
    """Breaks the text of a cell into lines of so many letters."""
    for part in text.split("\n"):
        line = ""
        for word in re.findall(r"[0-9A-Za-z.%]+|.[，。、；：）]*", part):
            if line and wide(line + word) > width:
                yield line
                line = ""
            line += word
        yield line


def set_tables(text, header):
    """Yields pages as `set_pages` does, with tables ruled as offices rule them: a table
    goes on over pages from a row that says one thing."""
    size, pitch, right = 10, 14, WIDTH - MARGIN
    page, top, number = [(MARGIN, 50, 10, header)], 100, 1

    def end():
        page.append((WIDTH / 2 - 20, HEIGHT - 40, 12, f"— {number} —"))
        return page

    for block in blocks(text):
        if isinstance(block, str):
            page.append((MARGIN + 2 * SIZE, top, SIZE, block))
            top += PITCH
            continue
        columns = len(block[0])
        column_width = (right - MARGIN) / columns
        merged = merges(block)
        inside = {(at + y, column + x): (at, column, height, width)
                  for at, column, height, width in merged for y in range(height) for x in range(width)}
        heights = []
        for at, row in enumerate(block):
            n_lines = []
            for column, cell in enumerate(row):
                _, _, height, width = inside.get((at, column), (at, column, 1, 1))
                n_lines.append(-(-len(list(set_cell(cell, width * column_width / size - 1.2))) // height))
            heights.append(max(n_lines) * pitch + 6)
        for at, row in enumerate(block):
            if len(set(row)) == 1 and top > 300:
                yield end()
                page, top, number = [(MARGIN, 50, 10, header)], 100, number + 1
            for column, cell in enumerate(row):
                first, start, height, width = inside.get((at, column), (at, column, 1, 1))
                if (first, start) != (at, column):
                    continue
                left, bottom = MARGIN + column * column_width, top + sum(heights[at : at + height])
                page.append(Rule(left, top, left + width * column_width, top))
                page.append(Rule(left, bottom, left + width * column_width, bottom))
                page.append(Rule(left, top, left, bottom))
                page.append(Rule(left + width * column_width, top, left + width * column_width, bottom))
                for n, line in enumerate(set_cell(cell, width * column_width / size - 1.2)):
                    page.append((left + 5, top + 13 + n * pitch, size, line))
            top += heights[at]
        top += PITCH
    yield end()


def set_lines(text):
    """Breaks a text into lines as offices print it: paragraphs begin two letters in,
    marks begin no line, words and numbers stay whole. Yields indentation and line."""
    width = (WIDTH - 2 * MARGIN) / SIZE
    for block in blocks(text):
        line, used, indent = "", 2, 2
        for word in re.findall(r"[0-9A-Za-z.%]+|.", block):
            if used + wide(word) > width and word not in "，。、；：）》”！？":
                yield indent, line
                line, used, indent = "", 0, 0
            line, used = line + word, used + wide(word)
        yield indent, line


def set_pages(text, header):
    """Yields pages as lists of lines: left edge, distance from the top, size, words."""
    lines = list(set_lines(text))
    for number, start in enumerate(range(0, len(lines), LINES), 1):
        page = [(MARGIN, 50, 10, header)]
        for at, (indent, line) in enumerate(lines[start : start + LINES]):
            page.append((MARGIN + indent * SIZE, 100 + at * PITCH, SIZE, line))
        page.append((WIDTH / 2 - 20, HEIGHT - 40, 12, f"— {number} —"))
        yield page


def pdf(path, pages):
    """Writes pages in a font that is not in the file, as many offices do: the reader
    has to know what the codes of its encoding are."""
    pages = list(pages)
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        "/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        "/DW 1000/W[814[500] 1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
        "/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))

    def draw(each):
        if isinstance(each, Rule):
            return f"{each.left:g} {HEIGHT - each.top:g} m {each.right:g} {HEIGHT - each.bottom:g} l S\n"
        left, top, size, words = each
        return f"BT /F {size} Tf {left:g} {HEIGHT - top:g} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"

    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(), font.encode()]
    for at, lines in enumerate(pages):
        drawn = "".join(draw(each) for each in lines)
        packed = zlib.compress(drawn.encode(), 9)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * at} 0 R>>".encode()
        )
        head = f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode()
        objects.append(head + packed + b"\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    path.write_bytes(out + end.encode())


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
MM = 25.4 / 72


def ofd(path, pages):
    """Writes pages as GB/T 33190 has them; the header stands in a template."""
    pages = list(pages)

    def text_object(number, left, top, size, words):
        left, top, size = (round(value * MM, 2) for value in (left, top, size))
        steps = " ".join(
            f"{size if unicodedata.east_asian_width(ch) in 'WFA' else size / 2:g}" for ch in words[:-1]
        )
        return (
            f'<ofd:TextObject ID="{number}" Boundary="{left} {round(top - size, 2)} {round(size * len(words), 2)} {size * 1.2:g}" '
            f'Font="3" Size="{size}"><ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
        )

    def path_object(number, rule):
        left, top, right, bottom = (round(value * MM, 2) for value in rule)
        return (
            f'<ofd:PathObject ID="{number}" Boundary="{left} {top} {right - left:.2f} {bottom - top:.2f}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {right - left:.2f} {bottom - top:.2f}</ofd:AbbreviatedData></ofd:PathObject>"
        )

    def content(lines, template=""):
        objects = "".join(
            path_object(100 + at, each) if isinstance(each, Rule) else text_object(100 + at, *each)
            for at, each in enumerate(lines)
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:Page {OFD}>{template}<ofd:Content><ofd:Layer ID="10">{objects}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )

    parts = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:OFD {OFD} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:Document {OFD}><ofd:CommonData>'
        f"<ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH * MM:.2f} {HEIGHT * MM:.2f}"
        "</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData><ofd:Pages>'
        + "".join(f'<ofd:Page ID="{20 + at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": content(pages[0][:1]),
    }
    for at, lines in enumerate(pages):
        use = '<ofd:Template TemplateID="2" ZOrder="Background"/>'
        parts[f"Doc_0/Pages/Page_{at}/Content.xml"] = content(lines[1:], use)
    pack(path, parts)


def print_again(path, body, header):
    """Lets LibreOffice print a Word file with a header and page numbers, its fonts
    inside, where it and the font are installed."""
    fonts = shutil.which("fc-list")
    if shutil.which("soffice") is None or fonts is None:
        return
    if "WenQuanYi Zen Hei" not in subprocess.run([fonts], check=True, capture_output=True, text=True).stdout:
        return
    field = "".join(f"<w:r>{part}</w:r>" for part in (
        '<w:t xml:space="preserve">第</w:t>', '<w:fldChar w:fldCharType="begin"/>', "<w:instrText>PAGE</w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>', "<w:t>页</w:t>"))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        docx(
            source,
            body,
            {
                "header": f'{HEAD}<w:hdr xmlns:w="{WORD}">{paragraph(header)}</w:hdr>',
                "footer": f'{HEAD}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p></w:ftr>',
            },
        )
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copy(source.with_suffix(".pdf"), path)


def printed(line):
    """Sets a paragraph as offices print it."""
    properties = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/><w:jc w:val="both"/>'
    letters = '<w:rPr><w:rFonts w:ascii="WenQuanYi Zen Hei" w:hAnsi="WenQuanYi Zen Hei" w:eastAsia="WenQuanYi Zen Hei"/><w:sz w:val="32"/></w:rPr>'
    return paragraph(line, properties).replace("<w:r>", f"<w:r>{letters}")


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
    header = "美丽辽宁建设实施意见"
    pdf(HERE / "liaoning.pdf", set_pages(liaoning, header))
    ofd(HERE / "liaoning.ofd", set_pages(liaoning, header))
    header = "云岭市水利局文件"
    pdf(HERE / "water.pdf", set_tables(water, header))
    ofd(HERE / "water.ofd", set_tables(water, header))
    header = "美丽辽宁建设实施意见"
    print_again(HERE / "liaoning-libreoffice.pdf", word_body(liaoning, printed), header)
    save_again(HERE / "liaoning-typed.docx", "docx")
    save_again(HERE / "water.docx", "docx")
    save_again(HERE / "water.xlsx", "xlsx")
    save_again(HERE / "liaoning-typed.docx", "doc")
    for ending in ("rtf", "odt"):
        save_again(HERE / "water.docx", ending)
    for ending in ("xls", "ods"):
        save_again(HERE / "water.xlsx", ending)


if __name__ == "__main__":
    main()
