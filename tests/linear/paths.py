"""The paths of linear.py: of each its smaller size, the commands, and the files of a board of a size. Where files
have a history, they are a list of states, the last of which is not committed."""
import datetime, io, zipfile

BOARD = ("board: Testshire\ngroups:\n  g1: {name: First Group}\n  g2: {name: Police, kind: agency}\n"
         "meetings:\n  board: [2018-03-06, 2018-05-01]\n")
HEAD = "plan: Work Plan\nperiod: 2017-19\nadopted: 2017-04-10\n"
UPDATES = "updates: Return\nplan: wp\ndate: 2018-01-16\nby: g1\nentries:\n"
DATA = "indicator,period,value\n"
VALIDATE, STATUS, LIST, CHASE = ["validate", "-q"], ["status"], ["list", "-O", "json"], ["chase"]
SITE = ["site", "-q", "-o", "site"]
AGAINST, DIFF = ["validate", "-q", "--against", "HEAD"], ["diff", "HEAD"]
UPDATE = ["update", "1.1", "--by", "g1", "--date", "2018-01-16", "--note", "x", "--dry-run", "-q"]


def report(kind, *more):
    return ["report", kind, *more]


HTML, WORD = ("-O", "html"), ("-O", "docx")


def action(at, more="", words=None, owners="g1", evidence="Report"):
    words = words or f"Do thing {at} of many"
    return f'      - {{id: "1.{at}", action: "{words}", owners: [{owners}], timescale: April 2018, evidence: [{evidence}]{more}}}\n'


def plan(actions, head=""):
    return HEAD + head + "priorities:\n  - id: 1\n    title: Neglect\n    actions:\n" + "".join(actions)


def plain(count, more=lambda at: ""):
    return plan(action(at, more(at)) for at in range(count))


def groups(count, name="h{}", words="{{name: Body {}}}"):
    return BOARD.replace("meetings:", "".join(f"  {name.format(at)}: {words.format(at)}\n" for at in range(count)) + "meetings:")


def daily_meetings(count):
    first = datetime.date(2017, 4, 11)
    return BOARD.replace("[2018-03-06, 2018-05-01]", "[" + ", ".join(str(first + datetime.timedelta(at)) for at in range(count)) + "]")


def board(files=None, **texts):
    """A small board, but for these files."""
    named = {name + ".yaml": text for name, text in texts.items()}
    return {"board.yaml": BOARD, "wp.yaml": plain(3), **named, **(files or {})}


def entries(count, entry, **texts):
    return board(u=UPDATES + "".join(f"  - {{{entry(at)}}}\n" for at in range(count)), **texts)


def promised(count):
    """Reports of one action that each bring what it promises, but for every tenth."""
    names = [f"number {at}" for at in range(count)]
    return entries(count, lambda at: f'action: "1.1", evidence: ["{"Report" if at % 10 else "Paper"} {names[at]}"]',
                   wp=plan([action(1, evidence=", ".join(f'"Report {name}"' for name in names))]))


def several(count, files):
    return {f"x/b{at}/{name}": text for at in range(count) for name, text in files().items()}


def indicators(count, more=""):
    return "indicators:\n" + "".join(f"  - {{id: X{at}, title: T {at}, better: lower, target: 5{more}}}\n" for at in range(count))


def with_indicators(count, more="", actions=lambda at: action(at)):
    return plan((actions(at) for at in range(3)), indicators(count, more))


def daily(count, indicator="X0"):
    first = datetime.date(1950, 1, 1)
    return DATA + "".join(f"{indicator},{first + datetime.timedelta(at)},{at % 7}\n" for at in range(count))


def challenges(count, words="Why {}?"):
    return "challenges: Log\nplan: wp\nentries:\n" + "".join(
        f'  - {{challenge: C{at}, date: 2018-01-16, from: g2, to: g1, raised: "{words.format(at)}"}}\n' for at in range(count))


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def word(paragraphs, in_cell, tables=1):
    """Tables of one action: the paragraphs stand before the first, or in its cell; a heading over each of several."""
    def one(text):
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    many = "".join(one(f"point {at}") for at in range(paragraphs))

    def row(*cells):
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    def table(at):
        rows = row(one("No"), one("Action"), one("Lead"), one("By when")) + row(
            one(f"{at}.1"), many if in_cell else one("Train staff"), one("Police"), one("May 2019"))
        return (one(f"Priority {at}: Neglect") if tables > 1 else "") + f"<w:tbl>{rows}</w:tbl>"
    body = ("" if in_cell else many) + "".join(map(table, range(1, tables + 1)))
    return package({"word/document.xml": f"<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>"})


def excel(rows, merged):
    """A sheet of actions, so many of whose rows' first cells are merged two by two."""
    def row(at, *cells):
        cells = "".join(f"<c r='{column}{at}' t='inlineStr'><is><t>{cell}</t></is></c>" for column, cell in zip("ABCDE", cells))
        return f"<row r='{at}'>{cells}</row>"
    body = row(1, "Priority", "No", "Action", "Lead", "By when") + "".join(
        row(at + 2, f"Priority {at // 2}", f"1.{at}", f"Do thing {at}", "Police", "May 2019") for at in range(rows))
    merges = "".join(f"<mergeCell ref='A{2 * at + 2}:A{2 * at + 3}'/>" for at in range(merged))
    merges = f"<mergeCells>{merges}</mergeCells>" if merged else ""
    relations = "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
    book = "<workbook><sheets><sheet name='Plan' sheetId='1' r:id='r1'/></sheets></workbook>"
    return package({"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations,
                    "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{body}</sheetData>{merges}</worksheet>"})


def imported(name):
    return ["import", name, "--check", "--period", "2019-20"]


PATHS = {
    # Actions, and what stands around them.
    "actions": (100, [VALIDATE, STATUS, LIST, CHASE, ["export", "-O", "csv"], report("board"), report("work-plan", *HTML), report("work-plan", *WORD),
                      report("group"), ["rollover", "wp", "--to", "2019-20", "--agreed", "board", "--dry-run", "-q"]],
                lambda n: board(wp=plain(n))),
    "reported actions": (80, [report("board", *HTML), report("exceptions"), report("annual", *HTML), report("changes"), report("assurance")],
                         lambda n: entries(n, lambda at: f'action: "1.{at}", rag: red, done: "d {at}", impact: i, voice: v, escalate: board, evidence: [Report]', wp=plain(n))),
    "priorities": (80, [VALIDATE, STATUS, LIST, report("board"), report("work-plan"), report("annual")], lambda n: board(wp=HEAD + "priorities:\n" + "".join(
        f'  - id: {at}\n    title: Priority {at}\n    actions:\n      - {{id: "{at}.1", action: "Do thing {at}", owners: [g1], timescale: April 2018}}\n' for at in range(n)))),
    "priorities, each with its report and its figure": (40, [report("annual"), report("indicators")], lambda n: entries(
        n, lambda at: f'action: "{at}.1", rag: amber, done: "d {at}", impact: "i {at}", impact_rag: green, next: more, by: g2', wp=HEAD + indicators(n) + "priorities:\n" + "".join(
            f'  - id: {at}\n    title: Priority {at}\n    actions:\n      - {{id: "{at}.1", action: "Do thing {at}", owners: [g2], indicator: X{at}, timescale: April 2018}}\n' for at in range(n)))),
    "milestones of one action": (100, [VALIDATE, LIST, report("board", *HTML)], lambda n: board(wp=HEAD + "priorities:\n  - id: 1\n    title: N\n    actions:\n      - id: 1.1\n        action: X\n        milestones:\n" + "".join(
        f"          - {{id: m{at}, timescale: April 2018}}\n" for at in range(n)))),
    "an action carried on from the one before": (60, [VALIDATE, LIST], lambda n: board(wp=plain(n, lambda at: f', from: "wp#1.{at - 1}"' if at else ""))),
    "a circle of actions that carry each other on": (60, [VALIDATE, LIST], lambda n: board(wp=plain(n, lambda at: f', from: "wp#1.{(at - 1) % n}"'))),
    "plans carried on from the one before": (20, [VALIDATE, LIST], lambda n: {"board.yaml": BOARD, **{
        f"p{at}.yaml": plan([action(0, f', from: "p{at - 1}#1.0"' if at else "")]) for at in range(n)}}),
    "plans of a board, each with its reports": (20, [VALIDATE, STATUS, LIST, CHASE, report("board")], lambda n: {"board.yaml": BOARD, **{
        f"p{at}.yaml": plain(2) for at in range(n)}, **{f"u{at}.yaml": UPDATES.replace("wp", f"p{at}") + '  - {action: "1.1", rag: amber, note: x, evidence: [Report]}\n' for at in range(n)}}),
    "boards": (20, [VALIDATE, STATUS, LIST], lambda n: {f"/plans/b{at}/{name}": text for at in range(n) for name, text in board().items()}),
    "boards in one folder": (15, [VALIDATE, STATUS, LIST], lambda n: several(n, board)),
    # The website: of many boards, of one with many past meetings, and of one with many actions, each with its report.
    "boards of a site": (4, [SITE], lambda n: several(n, board)),
    "past meetings of a site": (10, [SITE], lambda n: entries(6, lambda at: f'action: "1.{at % 3}", rag: amber, done: "d {at}"', board=daily_meetings(n))),
    "actions of a site, each with its report": (20, [SITE], lambda n: entries(n, lambda at: f'action: "1.{at}", rag: red, done: "d {at}", evidence: [Report]', wp=plain(n))),
    "reports of one action of a site": (60, [SITE], lambda n: entries(n, lambda at: f'action: "1.1", rag: amber, done: "thing {at}"')),
    # Reports.
    "reports of one action": (150, [VALIDATE, LIST, ["show", "1.1"]], lambda n: entries(n, lambda at: f'action: "1.1", rag: amber, done: "thing {at}"')),
    "evidence of one action, not promised": (150, [VALIDATE, LIST], lambda n: entries(n, lambda at: f'action: "1.1", evidence: ["Report number {at}"]')),
    # So many that each unknown name is held against as many as it ever is: until then that grows as well.
    "evidence of one action, promised": (1000, [VALIDATE], promised),
    "evidence of one action, promised, in papers": (250, [LIST, report("assurance")], promised),
    "reports that name all actions": (20, [VALIDATE, LIST], lambda n: entries(n, lambda at: "action: [" + ",".join(f'"1.{k}"' for k in range(20)) + f'], note: "n {at}", evidence: [E{at}]', wp=plain(20))),
    "files of reports": (50, [VALIDATE, LIST, UPDATE], lambda n: board({f"updates/u{at}.yaml": UPDATES + f'  - {{action: "1.{at % 3}", rag: amber, note: x{at}}}\n' for at in range(n)})),
    "new deadlines of one action": (80, [VALIDATE, LIST, report("slippage"), ["show", "1.1"]], lambda n: entries(
        n, lambda at: f'action: "1.1", timescale: "{1 + at % 28} June {2018 + at // 28 % 60}", reason: r, agreed: board')),
    "an entry added to a long file": (150, [UPDATE], lambda n: entries(n, lambda at: f'action: "1.1", note: "n {at}"')),
    "dates to be mended": (80, [["validate", "--fix", "--dry-run", "-q"]], lambda n: entries(n, lambda at: f'action: "1.1", note: x{at}, date: {1 + at % 28}/01/2018')),
    "challenges": (100, [VALIDATE, report("challenges")], lambda n: board(c=challenges(n))),
    # Groups.
    "a group for each action": (60, [VALIDATE, LIST, CHASE, report("group"), report("annual")], lambda n: board(
        board=groups(n, words="{{name: Body {}, kind: agency}}"), wp=plan(action(at, owners=f"h{at}") for at in range(n)))),
    # Not the paper of what is owed: it names the action's owners to each of them.
    "owners of one action": (80, [VALIDATE, LIST], lambda n: board(board=groups(n), wp=plan([action(1, owners=", ".join(f"h{at}" for at in range(n)))]))),
    "groups within groups": (60, [VALIDATE, LIST, CHASE], lambda n: board(
        board=BOARD.replace("meetings:", "".join(
            f"  h{at}: {{name: Body {at}, members: [h{at + 1}]}}\n" for at in range(n)) + f"  h{n}: {{name: Body {n}}}\nmeetings:"),
        wp=plan([action(1, owners="h0")]))),
    "other names of one group": (80, [VALIDATE], lambda n: board(
        board=BOARD.replace("{name: First Group}", "{name: First Group, aka: [" + ", ".join(f"Alias {at}" for at in range(n)) + "]}"),
        wp=plan(action(at, owners=f'"Alias {at}"') for at in range(n)))),
    # Names that are not known, and names that are alike. Up to two hundred a name is held against all others.
    "unknown groups among many": (250, [VALIDATE], lambda n: board(board=groups(n, "group-{}", "{{kind: agency}}"), wp=plan(action(at, owners=f"grup-{at}") for at in range(n // 10)))),
    "unknown actions among many": (250, [VALIDATE], lambda n: entries(n // 10, lambda at: f'action: "2.{at}x", note: n', wp=plain(n))),
    "unknown threads among many": (250, [VALIDATE], lambda n: board(wp=plan((action(at, f", threads: [thraed{at}]") for at in range(n // 10)), "threads:\n" + "".join(f"  thread{at}: Thread {at}\n" for at in range(n))))),
    "unknown fields": (80, [VALIDATE], lambda n: board(wp=plain(3) + "".join(f"field{at}: x\n" for at in range(n)))),
    "names that are alike": (80, [VALIDATE], lambda n: board(wp=plan(action(at, evidence=f'"Report no {at * 3} of year"') for at in range(n)))),
    "abbreviations": (80, [VALIDATE], lambda n: board(wp=plan(action(at, words="Do " + "".join(chr(65 + at * 7 // 26 ** k % 26) for k in range(4))) for at in range(n)))),
    "the same text again and again": (80, [VALIDATE], lambda n: board(wp=plan(action(at, words="Do the same thing again and again") for at in range(n)))),
    "one id again and again": (80, [VALIDATE], lambda n: board(wp=plan(action(1, words=f"Do {at}") for at in range(n)))),
    # Long lines and texts.
    "a long id": (1000, [VALIDATE], lambda n: entries(1, lambda _: f'action: "{"8" * n}", rag: amber', wp=plan([action(1)]).replace('"1.1"', '"' + "7" * n + '"'))),
    "findings on one line": (60, [["validate"], ["validate", "-O", "sarif"]], lambda n: board(wp=HEAD + "priorities: [{id: 1, title: N, actions: [" + ", ".join(
        f'{{id: "1.{at}", action: "A {at}", owners: [nobody], timescale: zz}}' for at in range(n)) + "]}]\n")),
    "figures on one line": (300, [VALIDATE], lambda n: board(wp=plan([action(1, words="12 High Street TS24 8AY " * n)]))),
    "a long text": (1000, [VALIDATE, ["show", "1.1"], report("work-plan"), report("work-plan", *HTML)], lambda n: board(wp=plan([action(1, words="word " * n)]))),
    "a long word": (2000, [VALIDATE, report("work-plan"), report("work-plan", *HTML)], lambda n: board(wp=plan([action(1, words="w" * n)]))),
    "a long timescale": (500, [VALIDATE, LIST], lambda n: board(wp=plain(3).replace("April 2018", '"by April 2018 ' + "and then " * n + '"'))),
    "allowances": (60, [VALIDATE], lambda n: board(wp=plan("      # plan: allow no-evidence-planned: why\n" + action(at).replace(", evidence: [Report]", "") for at in range(n)))),
    "a block of allowances": (100, [VALIDATE], lambda n: board(wp="# plan: allow no-owner: why\n" * n + plain(3))),
    # Performance data.
    "indicators in one file": (40, [VALIDATE, LIST, report("indicators")], lambda n: board({"i.csv": DATA + "".join(
        f"X{at},2017-18 Q{quarter},{at + quarter}\n" for at in range(n) for quarter in (1, 2, 3))}, wp=with_indicators(n, ", data: i.csv"))),
    "daily values of one indicator": (200, [VALIDATE, LIST, report("indicators")], lambda n: board({"i.csv": daily(n)}, wp=with_indicators(1, ", data: i.csv", lambda at: action(at, ", indicator: X0")))),
    "rows that cannot be read": (100, [VALIDATE], lambda n: board({"i.csv": DATA + "X0,zz,3\n" * n}, wp=with_indicators(1, ", data: i.csv"))),
    # What changed since a revision.
    "actions changed since": (40, [AGAINST, DIFF], lambda n: [board(wp=plain(n)), board(wp=plain(n).replace("Do thing", "Do this other thing"))]),
    "actions renumbered since": (40, [AGAINST, DIFF], lambda n: [board(wp=plain(n)), board(wp=plain(n).replace('"1.', '"2.'))]),
    "allowed changes": (40, [AGAINST], lambda n: [board(wp=plain(n)), board(wp="".join(
        f"# plan: allow baseline-changed 1.{at}: the board said so\n" for at in range(n)) + plain(n).replace("Do thing", "Do this other thing"))]),
    "reports added since": (80, [AGAINST, DIFF], lambda n: [board(), entries(n, lambda at: f'action: "1.1", note: "thing {at}"')]),
    "reports changed since": (60, [AGAINST, DIFF], lambda n: [entries(n, lambda at: f'action: "1.1", note: "thing {at}"'), entries(n, lambda at: f'action: "1.1", note: "other {at}"')]),
    "challenges changed since": (60, [AGAINST, DIFF], lambda n: [board(c=challenges(n)), board(c=challenges(n, "Who {}?"))]),
    "words of one text changed since": (200, [DIFF, AGAINST], lambda n: [board(wp=plan([action(1, words=" ".join(f"a{at}" for at in range(n)))])),
                                                                      board(wp=plan([action(1, words=" ".join(f"b{at * 7 % n}" for at in range(n)))]))]),
    "evidence changed since": (80, [AGAINST, DIFF], lambda n: [board(wp=plan([action(1, evidence=", ".join(f"{letter}{at}" for at in range(n)))])) for letter in "RS"]),
    "values changed since": (100, [AGAINST], lambda n: [board({"i.csv": daily(n) + more}, wp=with_indicators(1, ", data: i.csv")) for more in ("", "X0,2017-18,3\n")]),
    "plans since": (10, [AGAINST, DIFF], lambda n: [{"board.yaml": BOARD, **{f"p{at}.yaml": plain(2) for at in range(n)},
                                                     **{f"u{at}.yaml": UPDATES.replace("wp", f"p{at}") + f'  - {{action: "1.1", note: {word}}}\n' for at in range(n)}} for word in ("x", "y")]),
    # Twice the commits of a folder or a file that grows are four times the text that the history holds.
    "commits, each with its report": ((20, 40), [["show", "1.1", "--log"]], lambda n: [board({f"updates/u{k}.yaml": UPDATES + f'  - {{action: "1.1", note: "n {k}"}}\n' for k in range(at)}) for at in range(n)]),
    "commits to another file since a report": (30, [["show", "1.1", "--log"]], lambda n: [entries(
        1, lambda _: 'action: "1.1", note: n', wp=plain(3).replace("Do thing", f"Do {at} thing")) for at in range(n)]),
    "commits to a file that grows": ((20, 40), [["show", "1.1", "--log"]], lambda n: [entries(at + 1, lambda k: f'action: "1.1", note: "n {k}"') for at in range(n)]),
    # Documents of others.
    "paragraphs of a Word document": (150, [imported("plan.docx")], lambda n: board({"/plan.docx": word(n, False)})),
    "paragraphs of a cell in Word": (200, [imported("plan.docx")], lambda n: board({"/plan.docx": word(n, True)})),
    "rows of a sheet": (60, [imported("plan.xlsx")], lambda n: board({"/plan.xlsx": excel(n, 0)})),
    "headings and tables of a Word document": (10, [imported("plan.docx")], lambda n: board({"/plan.docx": word(n, False, n)})),
    "merged cells of a sheet": (60, [imported("plan.xlsx")], lambda n: board({"/plan.xlsx": excel(n, n // 2)})),
    "rows of a CSV file": (60, [imported("plan.csv")], lambda n: board({"/plan.csv": "Priority,Action,Lead,By when\n" + "".join(f"P,Do thing {at},Police,May 2019\n" for at in range(n))})),
    # What is taken for the same by its first words or its letters.
    "themes, and leads without a short name": (80, [imported("plan.csv")], lambda n: board({"/plan.csv": "Theme,Objective,Action,Lead,By when\n" + "".join(
        f"Theme {at},Objective {at},Do thing {at},Група {chr(1072 + at // 20)}{chr(1072 + at % 20)},May 2019\n" for at in range(n))})),
    "headings of laid out tables": (150, [imported("plan.txt")], lambda n: board({
        "/plan.txt": "Action         Who     When\n\nMend the hut   Police  May 2019\n\n" + "Action   Who   When\n" * n + "\nAction   Who   When\n\n" * (n // 10) + "\f\n" * n})),
    "brackets of a key, and words behind a deadline": (400, [imported("plan.md")], lambda n: board({"/plan.md": (
        f"# Plan\n\nKey: AB = late{')' * 8 * n}\n\n|No|Action|Lead|By when|\n|-|-|-|-|\n|1.1|Train staff|Police|May 2019 {'was May ' * n}|\n")})),
}

# Of each paper of 20,000 actions the command, and how many times the bytes of what it reads and prints its memory
# may be.
LARGE = {
    "a board paper of 20,000 actions as JSON": (report("board", "-O", "json"), 6, board(wp=plain(20_000))),
    "a list of 20,000 actions as JSON": (["list", "-O", "json"], 8, board(wp=plain(20_000))),
    "the history of 4,000 actions": (["export", "--history", "-O", "jsonl"], 8, board(wp=plain(4_000))),
    "a board paper of 20,000 escalations": (report("board"), 40, entries(20_000, lambda at: f'action: "1.{at}", rag: red, escalate: board', wp=plain(20_000))),
    "a page of 20,000 actions": (report("board", *HTML), 20, board(wp=plain(20_000))),
    "a work plan of 20,000 actions": (report("work-plan", *HTML), 20, board(wp=plain(20_000))),
}
