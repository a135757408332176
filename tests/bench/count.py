#!/usr/bin/env python3
"""Counts the instructions of `validate` and `status` on a fixed estate, and holds them against the recorded figures.

    python3 tests/bench/count.py PROGRAM            fails where a figure is more than 5 % above its record
    UPDATE_COUNTS=1 python3 tests/bench/count.py PROGRAM      writes the records anew

Instructions, by valgrind, are the same on a busy machine and on an idle one. They differ with the compiler and the
C library: after an update of these, and after a change that is worth what it costs, write the records anew and say
so in the commit. PROGRAM is built by `cargo build --release`.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RECORDS = HERE / "instructions.json"
MOST = 1.05
# 20 boards show what a board costs, one what a start costs.
CASES = {
    "validate, 20 boards": ("validate", "--boards", "20"),
    "status, 20 boards": ("status", "--boards", "20"),
    "validate, one board": ("validate", "--boards", "1"),
    "status, one board": ("status", "--boards", "1"),
    "validate, 2,000 actions": ("validate", "--actions", "2000"),
    "validate, 500 unknown groups": ("validate", "--unknown", "500"),
}


def instructions(command, folder):
    """How many instructions a process takes; its exit must be 0 or 1."""
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind"]
    # One thread: what several wait for each other is not the program's work.
    surroundings = {**os.environ, "RAYON_NUM_THREADS": "1"}
    ran = subprocess.run([*valgrind, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=surroundings)
    found = re.search(r"Collected : (\d+)", ran.stderr)
    if ran.returncode not in (0, 1) or not found:
        sys.exit(f"{command}: exit {ran.returncode}\n{ran.stderr}")
    return int(found[1])


def main(program):
    counted = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (command, *options)) in enumerate(CASES.items()):
            plans = f"{folder}/{number}/plans"
            subprocess.run([sys.executable, HERE / "estate.py", plans, *options], check=True, stdout=subprocess.DEVNULL)
            counted[name] = instructions([program, command, "--plans", plans, "--as-of", "2018-06-30"], folder)
    if os.environ.get("UPDATE_COUNTS"):
        RECORDS.write_text(json.dumps(counted, indent=2) + "\n")
        return
    if not RECORDS.exists():
        print(json.dumps(counted, indent=2))
        sys.exit(f"there is no {RECORDS} to hold these against: UPDATE_COUNTS=1 python3 tests/bench/count.py {program}")
    recorded = json.loads(RECORDS.read_text())
    over = False
    for name, count in counted.items():
        ratio = count / recorded[name]
        over |= ratio > MOST
        print(f"{name}: {count:,} instructions, {ratio:.3f} of the record")
    if over:
        sys.exit(f"more than {MOST} of the record; if it is worth it: UPDATE_COUNTS=1 python3 tests/bench/count.py {program}")


main(*sys.argv[1:2])
