#!/usr/bin/env python3
"""What somebody would write in an afternoon: reads the estate's files with PyYAML's C parser, looks for groups
and actions that are not there, folds the updates, and lists what is overdue.

    with_pyyaml.py PLANS DAY
"""
import datetime
import pathlib
import re
import sys

import yaml

MONTHS = "January February March April May June July August September October November December".split()


def last_day(phrase):
    """The last day of the plainest timescales; none of all others."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", phrase):
        return datetime.date.fromisoformat(phrase)
    found = re.fullmatch(r"(?:by )?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})", phrase)
    if not found or found[2] not in MONTHS:
        return None
    month, year = MONTHS.index(found[2]) + 1, int(found[3])
    if found[1]:
        return datetime.date(year, month, int(found[1]))
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)


def actions_of(plan):
    for priority in plan["priorities"]:
        yield from priority.get("actions", [])
        for objective in priority.get("objectives", []):
            yield from objective.get("actions", [])


def main(folder, day):
    wrong, overdue = 0, 0
    for board in sorted(pathlib.Path(folder).iterdir()):
        files = sorted(board.rglob("*.yaml"))
        documents = [(file, yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)) for file in files]
        groups = next((set(it["groups"]) for _, it in documents if "board" in it), set()) | {"board"}
        plans = {file.stem: {it["id"]: it for it in actions_of(plan)} for file, plan in documents if "updates" not in plan and "plan" in plan}
        standing = {(stem, key): ("not started", it.get("timescale", "")) for stem, its in plans.items() for key, it in its.items()}
        for its in plans.values():
            wrong += sum(owner not in groups for it in its.values() for owner in it.get("owners", []))
        updates = [it for _, it in documents if "updates" in it and it["date"] <= day]
        for update in sorted(updates, key=lambda it: it["date"]):
            for entry in update["entries"]:
                key = (update["plan"], entry["action"])
                if key not in standing:
                    wrong += 1
                    continue
                status, timescale = standing[key]
                if "agreed" in entry:
                    timescale = entry.get("timescale", timescale)
                standing[key] = (entry.get("status", status), timescale)
        for status, timescale in standing.values():
            due = last_day(timescale)
            overdue += bool(status != "complete" and due and due.isoformat() < day)
    print(f"{wrong} wrong, {overdue} overdue")


main(*sys.argv[1:3])
