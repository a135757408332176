"""Counts the pages of Word papers as LibreOffice prints them, and reads the first.

    pages.py PLAN

makes papers of the example board and of a real one with the binary PLAN, prints each, and says what does not
hold: how many pages it has, what stands on page 1, and whether a heading stands alone at a page's end. Needs
LibreOffice, and a typeface as wide as Arial, in which papers are set. Ends with 1 if anything does not hold.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import docx
import pypdf

PLAN = str(Path(sys.argv[1]).resolve())

wrong = []


class Paper:
    def __init__(self, folder, name, *question):
        self.name = name
        file = Path(folder, f"{name}.docx")
        subprocess.run([PLAN, *question, "-o", str(file)], check=True, timeout=120)
        profile = Path(folder, "profile").as_uri()
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        printed = pypdf.PdfReader(file.with_suffix(".pdf"))
        self.pages = [" ".join(page.extract_text().split()) for page in printed.pages]
        document = docx.Document(file)
        self.title = document.core_properties.title
        paragraphs = document.paragraphs
        self.headings = [p.text for p in paragraphs if p.style.name.startswith("Heading")]

    def holds(self, condition, what):
        if not condition:
            wrong.append(f"{self.name}: {what}")

    def has_pages(self, most):
        self.holds(len(self.pages) <= most, f"{len(self.pages)} pages, not {most}")

    def begins_with(self, *words):
        for text in words:
            self.holds(text in self.pages[0], f"{text!r} is not on page 1: {self.pages[0]}")

    def has_no_heading_alone(self):
        for number, page in enumerate(self.pages, 1):
            # The foot, which names the paper, stands last.
            text = page.rsplit(" Page ", 1)[0].removesuffix(self.title).strip()
            alone = [heading for heading in self.headings if text.endswith(heading)]
            self.holds(not alone, f"{alone} stands alone at the end of page {number}")


def check():
    face = subprocess.run(["fc-match", "Arial"], capture_output=True, text=True, check=True).stdout
    if not any(name in face for name in ("Arial", "Liberation Sans", "Arimo")):
        sys.exit(f"no typeface as wide as Arial is here ({face.strip()}): install fonts-liberation")
    with tempfile.TemporaryDirectory() as folder:
        board = Paper(
            folder, "board", "report", "board", "--plans", "examples", "--as-of", "2026-03-04"
        )
        board.has_pages(3)
        board.begins_with(
            "meeting of 10 March 2026",
            "To decide 3 requests, answer 3 escalations and note the rest.",
            # Three decisions, each a sentence to read out.
            "1.2.4 Poverty is not neglect: new date June 2026 instead of Winter 2025?",
            "2.2.3 Peer mentors: pause it?",
            "3.6 Advocates for disabled children: new date June 2026 instead of January 2026?",
            # Three escalations with their reasons.
            "2.1.3 Problem profile (red), by Exampleshire Police on 17 February: Health's answer came",
            "2.2.3 Peer mentors (amber), by the Voluntary and Community Sector Forum on 7 January: for the reason",
            "3.6 Advocates for disabled children (red), by the Voluntary and Community Sector Forum on 3",
            # Five reds with words.
            "1.1.5 Neglect of teenagers, 63 days late: Nothing was ever reported.",
            "2.1.3 Problem profile, 63 days late: As above. Next: If the agreement is signed in March",
            "1.1.3 Dental neglect pathway, 32 days late: The pathway is with the lawyers",
            "3.6 Advocates for disabled children, 32 days late: Three children out of nineteen",
            "1.2.4 Poverty is not neglect, 4 days late: The guidance is finished. The fund is not",
            # The counts: 5 red, 10 amber, 9 green, 7 blue, 3 grey of 34.
            "all 5 10 9 7 3 34",
        )
        real = Paper(
            folder, "hartlepool", "report", "board", "--plans", "plans", "--board", "hartlepool",
            "--as-of", "2018-05-01",
        )
        real.has_pages(2)
        real.begins_with("all 9 40 0 0 0 49")
        annual = Paper(
            folder, "annual", "report", "annual", "--plans", "examples", "--as-of", "2025-05-13",
            "--period", "2024-25", "--framework", "wt2018",
        )
        annual.has_pages(7)
        annual.begins_with("What changed for children and families", "What did not", "The figures")
        question = ("--plans", "examples", "--as-of", "2026-03-04")
        kinds = {"exceptions": 4, "slippage": 3, "indicators": 4, "decisions": 3, "challenges": 2}
        papers = [Paper(folder, kind, "report", kind, *question) for kind in kinds]
        for paper, most in zip(papers, kinds.values()):
            paper.has_pages(most)
            paper.begins_with("Paper for Exampleshire", "meeting of 10 March 2026", "Recommended To ")
        for paper in (board, real, annual, *papers):
            paper.has_no_heading_alone()


check()
print("\n".join(wrong) or "the papers have their pages")
sys.exit(bool(wrong))
