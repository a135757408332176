"""Fills in a form as a person would, with openpyxl, or makes of one that is filled in what people make of
forms. Usage: fill.py HOW FROM TO. The forms are VEMT's of the Hartlepool plan, made on 1 May 2018."""

import csv
import datetime
import sys
import zipfile

import openpyxl

HEADINGS = 8


def open_form(path):
    book = openpyxl.load_workbook(path)
    sheet = book["Form"]
    columns = {cell.value: cell.column for cell in sheet[HEADINGS] if cell.value}
    rows = {sheet.cell(row, 1).value: row for row in range(HEADINGS + 1, sheet.max_row + 1)}

    def put(action, heading, value):
        sheet.cell(rows[action], columns[heading]).value = value

    return book, sheet, put


def fill(source, target):
    """Every column once, with what pasting brings along."""
    book, sheet, put = open_form(source)
    sheet["C7"] = datetime.date(2018, 4, 30)
    put("2.1.2", "RAG", "Amber")
    put("2.1.2", "Status", "In progress")
    put("2.1.2", "What was done", "Two sessions for officers:\n\u2013 \u201cspot the signs\u201d\u00a0 \n\u2013 disruption")
    put("2.1.2", "What difference it made", "14 of 20 officers used it.")
    put("2.1.2", "What children and families said", "\u2018They listened.\u2019")
    put("2.1.2", "What comes next", "A third in June. ")
    put("2.1.2", "Evidence", "VEMT Report; Attendance list")
    put("2.1.6", "RAG", "r")
    put("2.1.6", "New date, if needed", "September 2018")
    put("2.1.6", "Reason for the change", "The schools asked for the autumn term.")
    put("2.2.4a", "RAG", "Complete")
    put("2.2.4a", "Evidence", "VEMT Report")
    book.save(target)


def neglect(source, target):
    """The form of the manual's year: what `plan chase --all` makes for the Neglect Subgroup on 17 June 2025."""
    book, sheet, put = open_form(source)
    sheet["C7"] = datetime.date(2025, 6, 24)
    put("1.1", "RAG", "Green")
    put("1.1", "What was done", "40 of 120 are trained.")
    put("1.2", "RAG", "Amber")
    put("1.2", "What was done", "The forty cases are chosen.")
    put("1.2", "What comes next", "Two auditors begin in July.")
    put("1.3", "RAG", "Complete")
    put("1.3", "What was done", "Agreed and published.")
    put("1.3", "Evidence", "Strategy")
    book.save(target)


def rearrange(source, target):
    """Rows sorted the other way round, empty ones deleted, a note below, a column more, the date as text."""
    book, sheet, _ = open_form(source)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADINGS + 1)]
    filled = [row for row in rows if any(row[4:])]
    sheet.delete_rows(HEADINGS + 1, len(rows))
    for number, row in enumerate(reversed(filled)):
        for column, value in enumerate(row):
            sheet.cell(HEADINGS + 1 + number, column + 1).value = value
    sheet.cell(HEADINGS, 14).value = "Comments"
    sheet.cell(HEADINGS + 1, 14).value = "Thank you"
    sheet.cell(HEADINGS + 8, 2).value = "Sent on behalf of the chair"
    sheet["C7"] = "30 April 2018"
    book.save(target)


def spoil(source, target):
    """Three cells that only the group can say what they mean."""
    book, sheet, put = open_form(source)
    put("2.1.2", "RAG", "amber/red")
    put("2.1.6", "Reason for the change", None)
    sheet["A14"] = "2.1.99"
    sheet.cell(14, 5).value = "Green"
    book.save(target)


def fill_csv(source, target):
    with open(source, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if row[0] == "Date of this report":
            row[1] = "30 April 2018"
        if row[0] == "Action 2.2.4b":
            row[4:7] = ["Green", "In progress", "Posters in three schools"]
    with open(target, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def fill_word(source, target):
    """The cells behind three headings of one action, as Word writes what is typed."""
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    xml = parts["word/document.xml"].decode()
    words = {"RAG": "Amber", "What was done": "Smith &amp; Jones – “done”", "Evidence": "VEMT Report"}
    for after, heading, text in [("<w:body>", "Date of this report", "30 April 2018")] + [
        (">2.1.6<", *item) for item in words.items()
    ]:
        row = xml.index(">" + heading + "<", xml.index(after))
        start = xml.index("<w:tc>", row) + len("<w:tc>")
        end = xml.index("</w:tc>", start)
        xml = xml[:start] + "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" + xml[end:]
    parts["word/document.xml"] = xml.encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


if __name__ == "__main__":
    how, source, target = sys.argv[1:]
    {"fill": fill, "rearrange": rearrange, "spoil": spoil, "csv": fill_csv, "word": fill_word, "neglect": neglect}[how](source, target)
