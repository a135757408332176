"""Reads back what `plan` writes for Word, Excel and calendars, with other programs' readers.

    check.py PLAN

runs the binary PLAN for every kind of report on every estate of the repository, as .docx, .xlsx and
JSON, and says what does not hold. Ends with 1 if anything does not.
"""

import datetime
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import icalendar
import openpyxl
import vobject
from docx.oxml.ns import qn

PLAN = str(Path(sys.argv[1]).resolve())
# Each estate with a day on which it has something to say.
ESTATES = [("plans", "2018-05-01"), ("examples", "2026-01-20")]
RATINGS = {"red", "amber", "green", "blue", "grey"}
ESCAPED = re.compile(r"\\u\{[0-9a-f]+\}")

wrong = []


class Paper:
    """One question, and what was wrong with its files."""

    def __init__(self, estate, day, *question):
        self.estate, self.day, self.question = estate, day, question
        self.name = " ".join((estate, *question))

    def holds(self, condition, what):
        if not condition:
            wrong.append(f"{self.name}: {what}")

    def run(self, *more):
        arguments = [PLAN, *self.question, "--plans", self.estate, "--as-of", self.day, *more]
        done = subprocess.run(arguments, capture_output=True, timeout=120)
        self.holds(done.returncode == 0, f"{more} ended with {done.returncode}: {done.stderr.decode()}")
        return done.stdout


# ---------------------------------------------------------------- Word

# The order of elements that ISO/IEC 29500-1 gives: Word asks for repair where it is another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
    "pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr "
    "shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
    "vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
    "qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
}


def check_order(paper, root):
    for name, order in ORDER.items():
        order = order.split()
        for element in root.iter(qn(f"w:{name}")):
            children = [child.tag.split("}")[1] for child in element]
            unknown = [child for child in children if child not in order]
            paper.holds(not unknown, f"Word: {unknown} in {name}")
            places = [order.index(child) for child in children if child in order]
            paper.holds(places == sorted(places), f"Word: {name} holds {children}")


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)))
    return (b + 0.05) / (a + 0.05)


def check_shade(paper, cell):
    """A rating's cell is shaded, and its word legible on the shade."""
    shade = cell._tc.find(f".//{qn('w:tcPr')}/{qn('w:shd')}")
    paper.holds(shade is not None, f"Word: {cell.text!r} is not shaded")
    if shade is not None:
        ink = cell._tc.find(f".//{qn('w:r')}/{qn('w:rPr')}/{qn('w:color')}")
        ink = "000000" if ink is None else ink.get(qn("w:val"))
        enough = contrast(shade.get(qn("w:fill")), ink) >= 4.5
        paper.holds(enough, f"Word: {cell.text!r} is hard to read on its shade")


def check_table(paper, table):
    """Gives the table's cells as texts, merged ones repeated, its headings first."""
    rows = table._tbl.tr_lst
    first = rows[0].find(qn("w:trPr"))
    repeats = first is not None and first.find(qn("w:tblHeader")) is not None
    paper.holds(repeats, "Word: a table's headings do not repeat")
    others = [row for row in rows[1:] if row.find(f".//{qn('w:tblHeader')}") is not None]
    paper.holds(not others, "Word: a row that is no heading repeats")
    width = len(table._tbl.tblGrid.findall(qn("w:gridCol")))
    cells = []
    for row in table.rows:
        paper.holds(len(row.cells) == width, f"Word: a row of {len(row.cells)} cells in {width} columns")
        cells.append([cell.text for cell in row.cells])
    # Pictures in cells are of figures that stand beside them; Excel draws these otherwise.
    drawn = set()
    for row in table.rows:
        drawn |= {at for at, cell in enumerate(row.cells) if cell._tc.findall(f".//{qn('w:drawing')}")}
    for at, heading in enumerate(cells[0] if cells else []):
        for row in table.rows[1:]:
            if "RAG" in heading and row.cells[at].text in RATINGS:
                check_shade(paper, row.cells[at])
    return [[text for at, text in enumerate(row) if at not in drawn] for row in cells]


def check_word(paper, file):
    """Gives all the words of a Word file, and its tables."""
    document = docx.Document(file)
    paper.holds(document.core_properties.title, "Word: no title")
    check_order(paper, document.element)
    check_order(paper, document.styles.element)
    language = document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    paper.holds(language == "en-GB", f"Word: the language is {language}")
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    paper.holds("Title" in styles, "Word: no paragraph has the style Title")
    depth = 0
    for style in styles:
        if style == "Title":
            depth = 0
        elif style.startswith("Heading"):
            level = int(style[-1])
            paper.holds(level <= depth + 1, f"Word: {style} follows a heading of level {depth}")
            depth = level
    for section in document.sections:
        foot = "".join(section.footer._element.itertext())
        paper.holds("Page " in foot, "Word: no page number")
        fields = [f.get(qn("w:instr")) for f in section.footer._element.iter(qn("w:fldSimple"))]
        paper.holds(fields == ["PAGE", "NUMPAGES"], f"Word: the footer counts {fields}")
    tables = [check_table(paper, table) for table in document.tables if table.style.name == "Figures"]
    return "\n".join(document.element.body.itertext()), tables


# ---------------------------------------------------------------- Excel


def check_excel(paper, file):
    """Gives all the words of a workbook, and its tables."""
    book = openpyxl.load_workbook(file)
    paper.holds(book.properties.title, "Excel: no title")
    names = [name.lower() for name in book.sheetnames]
    paper.holds(len(set(names)) == len(names), f"Excel: sheets {names}")
    words, tables = [], []
    for number, sheet in enumerate(book.worksheets):
        paper.holds(0 < len(sheet.title) <= 31 and sheet.title.strip(), f"Excel: a sheet {sheet.title!r}")
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            paper.holds(cell.data_type != "f", f"Excel: a formula {cell.value!r}")
            link = cell.hyperlink
            within = link is None or (number == 0 and link.location and not link.target)
            paper.holds(within, f"Excel: a link {cell.value!r} out of the file")
            if cell.value is not None:
                words.append(str(cell.value))
        if number == 0:
            continue
        paper.holds(sheet.freeze_panes == "A2", f"Excel: {sheet.title} is frozen at {sheet.freeze_panes}")
        paper.holds(sheet.auto_filter.ref, f"Excel: {sheet.title} has no filter")
        paper.holds(sheet.print_title_rows, f"Excel: the headings of {sheet.title} are not repeated")
        paper.holds(sheet.page_setup.fitToHeight == 0, f"Excel: {sheet.title} is not fitted to its width")
        paper.holds(not sheet.merged_cells.ranges, f"Excel: {sheet.title} has merged cells under a filter")
        tables.append(list(sheet.iter_rows()))
    return "\n".join(words), tables


def shown(cell):
    """A cell of Excel in the words of Word."""
    value = cell.value
    places = re.fullmatch(r"0\.(0+)", cell.number_format)
    if places and isinstance(value, int | float):
        return f"{value:.{len(places[1])}f}"
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def check_types(paper, heading, cell, texts):
    """A day is a day and a figure a figure, unless the data itself has these very words."""
    value = cell.value
    if isinstance(value, str) and value not in texts:
        day = re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} \d{4}", value)
        paper.holds(not day, f"Excel: {value!r} under {heading!r} is no date")
        figure = re.fullmatch(r"-?\d+(\.\d+)?", value)
        paper.holds(not figure, f"Excel: {value!r} under {heading!r} is no number")
    if isinstance(value, datetime.datetime):
        paper.holds(cell.number_format == "d mmm yyyy", f"Excel: a date as {cell.number_format}")


# What stands between two columns of Excel where Word shows them as one.
BETWEEN = ("", " ", "\n", " / ", " – ", " – measures ")
# What Word says before what has a column of its own in Excel, in a line under the words of a row.
FOLDED = ("Impact", "Measure", "Evidence", "Requested")


def plain_table(sheet):
    """A sheet of Excel in the words of Word, its headings first."""
    return [[shown(cell).rstrip("\n") for cell in row] for row in sheet]


def rest_after(text, parts):
    """What a text says after the parts with which it must begin; None where it does not."""
    for at, part in enumerate(part for part in parts if part):
        begins = [mark + part for mark in (BETWEEN if at else ("",))]
        found = next((begin for begin in begins if text.startswith(begin)), None)
        if found is None:
            return None
        text = text.removeprefix(found)
    return text


def columns_of(word, excel):
    """Which columns of Excel each column of Word shows, and which none does: both have their headings first.

    A column of Word has the heading of the first that it shows. The next ones are shown there as well where
    all rows say so; else Word has them in lines of their own, or they are empty.
    """
    shows, others = [], []
    for at, heading in enumerate(excel[0]):
        next_one = word[0][len(shows)] if len(shows) < len(word[0]) else None
        if next_one is not None and (next_one == heading or next_one.startswith(f"{heading}, ")):
            shows.append([at])
        elif shows and all(
            rest_after(in_word[len(shows) - 1], [in_excel[of] for of in (*shows[-1], at)]) is not None
            for in_word, in_excel in zip(word[1:], excel[1:])
        ):
            shows[-1].append(at)
        else:
            others.append(at)
    return shows, others


def compare_cells(paper, word, excel):
    """Each cell of Word says what Excel has in the same row, in the columns that it shows, and each cell of
    Excel is told."""
    shows, others = columns_of(word, excel)
    missing = word[0][len(shows) :]
    paper.holds(not missing, f"Excel has no columns {missing}, but {excel[0]}")
    for in_word, in_excel in zip(word[1:], excel[1:]):
        folded = [in_excel[at] for at in others if in_excel[at]]
        for text, columns in zip(in_word, shows):
            parts = [in_excel[at] for at in columns]
            rest = rest_after(text, parts)
            paper.holds(rest is not None, f"{text!r} in Word, {parts} in Excel: {excel[0][columns[0]]}")
            for line in (rest or "").split("\n"):
                label, _, words = line.partition(": ")
                if line and (label not in FOLDED or words not in folded):
                    paper.holds(False, f"Word says {line!r} more than Excel in {parts}")
                elif line:
                    folded.remove(words)
        paper.holds(not folded, f"Word does not say {folded} of {in_word}")


def compare(paper, word, excel, texts):
    """The tables of the two files say the same, cell by cell: Word may show two columns of Excel as one."""
    for sheet in excel:
        for row in sheet[1:]:
            for heading, cell in zip(sheet[0], row):
                check_types(paper, shown(heading), cell, texts)
    excel = [plain_table(sheet) for sheet in excel]
    if paper.question == ("report", "work-plan"):
        return compare_parts(paper, word, excel)
    paper.holds(len(word) == len(excel), f"{len(word)} tables in Word, {len(excel)} in Excel")

    # The workbook begins with the table that people sort and filter; the others keep their order.
    def is_same(of_word, of_excel):
        heads = len(columns_of(of_word[:1], of_excel[:1])[0]) == len(of_word[0])
        return heads and len(of_word) == len(of_excel)

    if excel and word and not is_same(word[0], excel[0]):
        places = [at for at, of_word in enumerate(word) if is_same(of_word, excel[0])]
        paper.holds(places, "Excel: the first table is none of Word's")
        excel.insert(places[0] if places else 0, excel.pop(0))
    for of_word, of_excel in zip(word, excel):
        sizes = (len(of_word), len(of_excel))
        paper.holds(sizes[0] == sizes[1], f"{of_word[0]}: rows in Word and Excel {sizes}")
        compare_cells(paper, of_word, of_excel)


def compare_parts(paper, word, excel):
    """The tables under a plan's headings in Word are one of Excel, with the headings in columns before its own."""
    word = list(word)
    for sheet in excel:
        at = 1
        while at < len(sheet) and word:
            part = word.pop(0)
            first = sheet[0].index(part[0][0]) if part[0][0] in sheet[0] else 0
            rows = [sheet[0], *sheet[at : at + len(part) - 1]]
            compare_cells(paper, part, [row[first:] for row in rows])
            at += len(part) - 1
        paper.holds(at == len(sheet), f"{len(sheet)} rows in Excel, {at} in Word")
    paper.holds(not word, f"{len(word)} tables of Word are not in Excel")


# ---------------------------------------------------------------- JSON


def walk(value):
    yield value
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from walk(part)


def check_data(paper, data, words, tables):
    """Every action and every count of the JSON stands in the file, and no other action does."""
    values = list(walk(data))
    actions = {v["id"] for v in values if isinstance(v, dict) and "id" in v and "milestones" in v}
    # The page before a meeting sums up what was never reported on, and the paper for it says nothing of
    # actions of which nothing is to be said.
    sums_up = paper.question in (("status",), ("report", "board"))
    for action in actions if not sums_up else ():
        there = re.search(rf"(?<![\w.]){re.escape(action)}(?![\w]|\.\w)", words)
        paper.holds(there, f"the action {action} of the JSON is missing")
    texts = {v for v in values if isinstance(v, str)}
    for table in tables:
        headings = [str(heading) for heading in table[0]]
        for at, heading in enumerate(headings):
            if heading in ("action", "id"):
                for row in table[1:]:
                    # Where there is one row for an action, its title stands behind its id.
                    known = row[at] in ("", "(no id)", "all", "none") or row[at] in texts
                    known = known or row[at].split(" ")[0] in texts
                    paper.holds(known, f"{heading} {row[at]!r} is not in the JSON")
    check_counts(paper, values, tables)


COUNTED = {"R": "red", "A": "amber", "G": "green", "B": "blue", "–": "grey", "of": "total", "all": "total"}


def check_counts(paper, values, tables):
    """The counts of each priority stand in its row."""
    priorities = [v for v in values if isinstance(v, dict) and "counts" in v and "title" in v and "id" in v]
    for priority in priorities:
        counts = priority["counts"]
        found = False
        for table in tables:
            headings = [COUNTED.get(heading, heading) for heading in table[0]]
            if "total" not in headings:
                continue
            for row in table[1:]:
                cells = dict(zip(headings, row))
                same = [cells.get(name) == str(counts[name]) for name in RATINGS | {"total"}]
                named = [cells.get("title"), cells.get("priority")]
                own = [priority["title"], f"{priority['id']} {priority['title']}"]
                found |= any(name in own for name in named) and all(same)
        paper.holds(found, f"the counts of priority {priority['id']} are in no row")


def check_paper(paper):
    with tempfile.TemporaryDirectory() as folder:
        data = json.loads(paper.run("-O", "json"))
        word, excel = Path(folder, "paper.docx"), Path(folder, "paper.xlsx")
        paper.run("-o", str(word))
        paper.run("-o", str(excel))
        words, tables = check_word(paper, word)
        texts = {v for v in walk(data) if isinstance(v, str)}
        check_data(paper, data, words, tables)
        words, sheets = check_excel(paper, excel)
        plain = [[[shown(cell) for cell in row] for row in table] for table in sheets]
        check_data(paper, data, words, plain)
        compare(paper, tables, sheets, texts)
        return len(tables), sum(len(table) - 1 for table in tables)


# ---------------------------------------------------------------- exports


def check_export(paper):
    with tempfile.TemporaryDirectory() as folder:
        actions = json.loads(paper.run("-O", "json"))["actions"]
        lines = [json.loads(line) for line in paper.run("-O", "jsonl").decode().splitlines()]
        paper.holds([line["id"] for line in lines] == [action["id"] for action in actions], "JSON Lines")
        file = Path(folder, "actions.xlsx")
        paper.run("-o", str(file))
        _, tables = check_excel(paper, file)
        headings = [cell.value for cell in tables[0][0]]
        paper.holds(len(tables[0]) == len(actions) + 1, "Excel: another number of actions")
        for action, row in zip(actions, tables[0][1:]):
            cells = dict(zip(headings, (cell.value for cell in row)))
            for name in ("board", "plan", "priority", "id", "status", "rag", "slips", "days_late"):
                paper.holds(cells.get(name) == action[name], f"Excel: {name} of {action['id']}: {cells.get(name)!r}")
            for name in ("due", "first_due", "review_due", "last_update", "completed"):
                day = cells.get(name) and cells[name].date().isoformat()
                paper.holds(day == action[name], f"Excel: {name} of {action['id']}: {day}")
        return check_calendar(paper, paper.run("-O", "ics"), actions)


def check_calendar(paper, raw, actions):
    paper.holds(all(len(line) <= 75 for line in raw.split(b"\r\n")), "calendar: a line is too long")
    paper.holds(b"\n" not in raw.replace(b"\r\n", b""), "calendar: a line ends without CR")
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    days = {str(event["UID"]): event.decoded("DTSTART") for event in events}
    paper.holds(len(days) == len(events), "calendar: a UID stands twice")
    for action in actions:
        promises = action["milestones"] or [action]
        for promise in promises:
            uid = f"deadline/{action['board']}/{action['plan']}/{promise['id']}@plan"
            due = promise["due"] or promise["first_due"]
            day = days.get(uid) and days[uid].isoformat()
            paper.holds(day == due, f"calendar: {uid} on {day}, due {due}")
    paper.holds(all(type(day) is datetime.date for day in days.values()), "calendar: not all day")
    second = vobject.readOne(raw.decode())
    again = {event.uid.value: event.dtstart.value for event in getattr(second, "vevent_list", [])}
    paper.holds(again == days, "calendar: the two readers differ")
    return 1, len(events)


# ---------------------------------------------------------------- everything


def kinds():
    page = subprocess.run([PLAN, "report", "--help"], capture_output=True, text=True, check=True).stdout
    arguments = page.split("Arguments:")[1].split("Options:")[0]
    return re.findall(r"^ +- ([a-z-]+):", arguments, re.MULTILINE)


def main():
    all_kinds = kinds()
    assert len(all_kinds) >= 5, all_kinds
    papers, exports = [], []
    for estate, day in ESTATES:
        if Path(estate).is_dir():
            papers += [Paper(estate, day, "report", kind) for kind in all_kinds]
            papers += [Paper(estate, day, command) for command in ("status", "list")]
            exports.append(Paper(estate, day, "export"))
    with ThreadPoolExecutor(2) as pool:
        sizes = list(pool.map(check_paper, papers)) + list(pool.map(check_export, exports))
    for paper, (tables, rows) in zip(papers + exports, sizes):
        print(f"{paper.name}: {tables} tables, {rows} rows")
    if wrong:
        shown_first = "\n".join(dict.fromkeys(wrong[:100]))
        sys.exit(f"{shown_first}\n{len(wrong)} things do not hold")
    print("every file says what the JSON says")


main()
