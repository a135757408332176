"""Runs the SQL of docs/data.md on the history of the example board, and holds what it says against `plan list` of
each month's last day. Where PySpark is installed, its recipe runs too. Usage: check.py PLAN"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLAN, DAY = sys.argv[1], "2026-03-04"
CLOSED = {"complete", "withdrawn", "carried forward"}
PAGE = (ROOT / "docs/data.md").read_text()


def plan(day, *arguments):
    command = [PLAN, "--plans", str(ROOT / "examples"), "--as-of", day, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def listed(day):
    return json.loads(plan(day, "list", "-O", "json"))["actions"]


def expected(days):
    """Of each day, how many actions are open, overdue and red."""
    rows = []
    for day in days:
        actions = listed(day)
        rows.append((day, "exampleshire", sum(it["status"] not in CLOSED for it in actions),
                     sum(it["overdue"] for it in actions), sum(it["rag"] == "red" for it in actions)))
    return rows


def as_text(rows):
    return [(str(row[0]), *row[1:]) for row in rows]


os.chdir(tempfile.mkdtemp(prefix="plan-data-"))
for name in ("history.jsonl", "history.csv"):
    plan(DAY, "export", "--history", "-o", name)
days = sorted({json.loads(line)["as_of"] for line in open("history.jsonl")})
# The plan of 2024-25 was adopted in May 2024; February is the last month that had ended.
assert (days[0], days[-1], len(days)) == ("2024-05-31", "2026-02-28", 22), days
wanted = expected(days)

of_json, of_csv, long_red = re.findall(r"```sql\n(.*?)```", PAGE, re.S)
for query in (of_json, of_csv):
    found = as_text(duckdb.sql(query).fetchall())
    assert found == wanted, [pair for pair in zip(found, wanted) if pair[0] != pair[1]]

red = {}
for day in days:
    for action in listed(day):
        if action["rag"] == "red":
            key = (action["board"], action["plan"], action["id"])
            red[key] = red.get(key, 0) + 1
found = {row[:3]: row[4] for row in duckdb.sql(long_red).fetchall()}
assert found == {key: months for key, months in red.items() if months >= 6} != {}, found

try:
    import pyspark  # noqa: F401
except ImportError:
    print("DuckDB's recipes hold; PySpark is not installed")
else:
    os.mkdir("history")
    os.rename("history.jsonl", "history/exampleshire.jsonl")
    scope = {}
    exec(re.search(r"```python\n(.*?)```", PAGE, re.S)[1], scope)
    found = as_text([tuple(row) for row in scope["months"].collect()])
    assert found == wanted, found
    print("DuckDB's and Spark's recipes hold")
