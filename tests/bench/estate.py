#!/usr/bin/env python3
"""Makes an estate of invented boards, to measure with.

    estate.py FOLDER [--boards N] [--years N] [--actions N] [--unknown N] [--seed N]

Each board has a document, a plan for each two years of `--years` (default 2), and two updates a year; about
45 KB of YAML and 49 actions a plan, with names, lists and folded texts as real boards write them. What a
board holds depends on the seed and its number alone. `--actions N`: one board with one plan of N actions.
`--unknown N`: the same, and each action names a group that the board does not have.

Prints one line of JSON: the boards, actions, files and bytes.
"""
import argparse
import json
import pathlib

WORDS = """agencies agreed analysis attendance audit awareness baseline briefing carers case challenge chair
children clinic commissioning consent consultation contact council criteria dataset debrief delivery early
education engagement escalation evaluation evidence exploitation families feedback forum frontline governors
guidance harm health housing impact improvement induction information inspection intelligence intervention
joint learning lessons mapping measures members mentoring missing monitoring multi-agency neglect nursery
outcomes oversight panel parents partnership pathway performance plan police policy practice prevention
probation procedure protocol quality quarterly reduction referral regional resilience response review risk
safety school scrutiny services sharing staff strategy supervision support survey tenancy themes thematic
threshold toolkit tracking training transition trauma-informed validation visits voice voluntary ward
wellbeing workforce workshop young youth""".split()
GROUPS = {
    "chair": "Independent Chair", "manager": "Business Manager", "quality": "Quality and Performance Subgroup",
    "learning": "Learning and Development Subgroup", "reviews": "Case Review Subgroup", "missing": "Missing and Exploited Subgroup",
    "police": "Constabulary", "health": "Clinical Commissioning", "schools": "Schools Forum", "council": "Council Services",
    "probation": "Probation Service", "voluntary": "Voluntary Sector Forum",
}
MONTHS = """January February March April May June July August September October November December""".split()


class Dice:
    """The same throws on every machine and in every version of Python."""

    def __init__(self, seed, number):
        self.state = seed * 1_000_003 + number + 1
        for _ in range(4):
            self.throw(2)

    def throw(self, sides):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % sides

    def between(self, least, most):
        return least + self.throw(most - least + 1)

    def pick(self, things):
        return things[self.throw(len(things))]

    def some(self, things, count):
        left = list(things)
        return [left.pop(self.throw(len(left))) for _ in range(count)]

    def words(self, least, most):
        return " ".join(self.pick(WORDS) for _ in range(self.between(least, most))).capitalize()


def folded(text, indent):
    words = text.split()
    lines = (" ".join(words[at:at + 11]) for at in range(0, len(words), 11))
    return ">-\n" + "\n".join(" " * indent + line for line in lines)


def timescale(dice, year):
    month, at = dice.pick(MONTHS), year + dice.throw(2)
    chance = dice.throw(20)
    if chance < 10:
        return f"{month} {at}"
    if chance < 12:
        return f"by {month} {at}"
    if chance < 15:
        return f"{at}-{dice.between(1, 12):02}-{dice.between(1, 28):02}"
    if chance < 16:
        return f"{dice.between(1, 28)} {month} {at}"
    if chance < 17:
        return f"Q{dice.between(1, 4)} {year}/{(year + 1) % 100:02}"
    return dice.pick(["Ongoing", "quarterly", "annually"])


def board_document(number):
    lines = [f"board: Borough {number:05} Safeguarding Partnership", f"short: BSP{number:05}", "groups:"]
    lines += [f"  {key}: {{name: {name}, kind: subgroup}}" for key, name in GROUPS.items()]
    return lines + ["meetings:", "  board: {every: 6 weeks, from: 2015-09-01}"]


def plan(dice, year):
    lines = [f"plan: Work Plan {year}", f"period: {year}-{(year + 2) % 100:02}", f"adopted: {year}-04-20",
             "threads:", "  voice: The voice of the child", "rag: {due_soon: 30 days, review: quarterly}", "priorities:"]
    actions = []
    for priority in range(1, 4):
        lines += [f"  - id: {priority}", f"    title: {dice.words(4, 8)}", "    objectives:"]
        for objective in range(1, 6):
            lines += [f"      - id: {priority}.{objective}", f"        title: {dice.words(8, 13)}.", "        actions:"]
            for action in range(1, dice.pick([3, 3, 3, 4]) + 1):
                key = f"{priority}.{objective}.{action}"
                evidence = [dice.words(2, 4) for _ in range(dice.between(1, 3))]
                actions.append((key, evidence))
                lines += [f"          - id: {key}", f"            action: {folded(dice.words(12, 18) + '.', 14)}",
                          f"            impact: {folded(dice.words(6, 10) + ' – and seen.', 14)}",
                          f"            measure: {dice.words(3, 6)}.",
                          f"            owners: [{', '.join(dice.some(GROUPS, dice.between(1, 3)))}]",
                          "            evidence:", *(f"              - {item}" for item in evidence),
                          f"            timescale: {timescale(dice, year)}"]
    return lines, actions


def updates(dice, actions, stem, day):
    lines = [f"updates: Return of {day}", f"plan: {stem}", f"date: {day}", f"by: {dice.pick(list(GROUPS))}", "meeting: board", "entries:"]
    for key, evidence in actions:
        if dice.throw(4) == 0:
            continue
        status = dice.pick(["in progress"] * 7 + ["complete"] * 2 + ["not started"])
        lines += [f"  - action: {key}", f"    rag: {dice.pick(['red', 'amber', 'green'])}", f"    status: {status}",
                  f"    done: {folded(dice.words(7, 13) + '.', 6)}"]
        if dice.throw(2):
            lines.append(f"    impact: {dice.words(4, 8)}.")
        if status == "complete" or dice.throw(5) < 2:
            lines += ["    evidence:", f"      - {dice.pick(evidence)}"]
        if dice.throw(12) == 0:
            year = int(day[:4]) + 1
            lines += [f"    timescale: {dice.pick(MONTHS)} {year}", f"    reason: {dice.words(6, 10)}.", "    agreed: board"]
    return lines


def one_plan(dice, count, owner):
    lines = ["plan: Work Plan", "period: 2017-19", "adopted: 2017-04-20", "priorities:", "  - id: 1", "    title: All of it", "    actions:"]
    for action in range(1, count + 1):
        lines += [f"      - id: 1.{action}", f"        action: {folded(dice.words(20, 32) + '.', 10)}", f"        owners: [{owner}]",
                  f"        evidence: [{dice.words(2, 4)}]", f"        timescale: {timescale(dice, 2017)}"]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    for option, default in {"boards": 1, "years": 2, "actions": 0, "unknown": 0, "seed": 1}.items():
        parser.add_argument(f"--{option}", type=int, default=default)
    asked = parser.parse_args()
    counts = {"boards": asked.boards, "actions": 0, "files": 0, "bytes": 0}

    def write(path, lines):
        text = "\n".join(lines) + "\n"
        path = asked.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        counts["files"] += 1
        counts["bytes"] += len(text.encode())

    for number in range(asked.boards):
        dice = Dice(asked.seed, number)
        home = f"b{number:05}"
        write(f"{home}/board.yaml", board_document(number))
        if count := asked.actions or asked.unknown:
            write(f"{home}/work-plan.yaml", one_plan(dice, count, "qualty" if asked.unknown else "quality"))
            counts["actions"] += count
            continue
        for year in range(2017, 2017 + asked.years, 2):
            lines, actions = plan(dice, year)
            stem = f"work-plan-{year}"
            write(f"{home}/{stem}.yaml", lines)
            counts["actions"] += len(actions)
            for day in (f"{year}-10-16", f"{year + 1}-05-01"):
                write(f"{home}/updates/{day}.yaml", updates(dice, actions, stem, day))
    print(json.dumps(counts))


main()
