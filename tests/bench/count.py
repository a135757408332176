#!/usr/bin/env python3
"""Counts the instructions of whole commands on fixed estates, and holds them against the recorded figures.

    python3 tests/bench/count.py PROGRAM            fails where a figure is more than 5 % above its record
    UPDATE_COUNTS=1 python3 tests/bench/count.py PROGRAM      writes the records anew

PROGRAM is what `cargo build` makes, which every other check builds anyway. Instructions, by valgrind, are the same
on a busy machine and on an idle one, to a few in a million; they differ with the compiler, whose version stands
with the records. Under another compiler a figure may be a quarter above its record before the check fails: then,
and after a change that is worth what it costs, write the records anew and say so in the commit.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
RECORDS = HERE / "instructions.json"
MOST, MOST_OF_ANOTHER = 1.05, 1.25
# Ten boards show what a board costs, one what a start costs.
ESTATES = {
    "one board": ("--boards", "1"),
    "10 boards": ("--boards", "10"),
    "1,000 actions": ("--actions", "1000"),
    "200 unknown groups": ("--unknown", "200"),
}
CASES = {
    "one board": [["validate"], ["status"], ["list", "-O", "json"], ["report", "board", "-O", "html"], ["report", "board", "-O", "docx"],
                  ["chase"], ["export", "--history", "-O", "jsonl"]],
    "10 boards": [["validate"], ["status"]],
    "1,000 actions": [["validate"], ["status"]],
    "200 unknown groups": [["validate"]],
}


def instructions(command):
    """How many instructions a process takes; its exit must be 0 or 1."""
    valgrind = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    # One thread: what several wait for each other is not the program's work. No other variables: they are copied
    # at the start.
    surroundings = {"PATH": os.environ["PATH"], "RAYON_NUM_THREADS": "1"}
    ran = subprocess.run([*valgrind, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                         stderr=subprocess.PIPE, text=True, env=surroundings)
    found = re.search(r"I +refs: +([\d,]+)", ran.stderr)
    if ran.returncode not in (0, 1) or not found:
        sys.exit(f"{command}: exit {ran.returncode}\n{ran.stderr}")
    return int(found[1].replace(",", ""))


def counted(program):
    """The figures by what they are of."""
    with tempfile.TemporaryDirectory(prefix="plan-count-") as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        # Without its debug information, which valgrind would read at each start.
        stripped = f"{folder}/plan"
        subprocess.run(["strip", "-o", stripped, program], check=True)
        running = {}
        for number, (estate, options) in enumerate(ESTATES.items()):
            plans = f"{folder}/{number}/plans"
            subprocess.run([sys.executable, HERE / "estate.py", plans, *options], check=True, stdout=subprocess.DEVNULL)
            for command in CASES[estate]:
                whole = [stripped, *command, "--plans", plans, "--as-of", "2018-06-30"]
                running[f"{' '.join(command)}, {estate}"] = pool.submit(instructions, whole)
        return {name: count.result() for name, count in running.items()}


def main(program):
    compiler = subprocess.run(["rustc", "--version"], check=True, capture_output=True, text=True, cwd=HERE).stdout.strip()
    figures = counted(program)
    if os.environ.get("UPDATE_COUNTS"):
        RECORDS.write_text(json.dumps({"compiler": compiler, "instructions": figures}, indent=2) + "\n")
        return
    again = f"UPDATE_COUNTS=1 python3 tests/bench/count.py {program}"
    recorded = json.loads(RECORDS.read_text())
    most = MOST
    if recorded["compiler"] != compiler:
        most = MOST_OF_ANOTHER
        print(f"the records are of {recorded['compiler']}, this is {compiler}: up to {most} of a record passes; {again}")
    if recorded["instructions"].keys() != figures.keys():
        sys.exit(f"the records are of other commands: {again}")
    over = False
    for name, count in figures.items():
        ratio = count / recorded["instructions"][name]
        over |= ratio > most
        print(f"{'FAILED' if ratio > most else 'ok    '} {ratio:.3f}  {name}: {count:,} instructions")
    if over:
        sys.exit(f"more than {most} of the record; if it is worth it: {again}")


main(*sys.argv[1:2])
