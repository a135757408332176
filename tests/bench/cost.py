#!/usr/bin/env python3
"""What commands cost on boards of several sizes: the table of docs/cost.md.

    python3 tests/bench/cost.py PROGRAM [--work FOLDER] [--most BOARDS]

PROGRAM is built by `cargo build --profile dist`. Makes the estates with estate.py (kept in FOLDER for the next run),
runs each command five times (once, where it takes longer than ten seconds), and prints the median of processor
seconds (all threads together, user and system) and the greatest memory.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DAY = "2018-06-30"
ESTATES = {
    "one board": (1, 2),
    "one board, ten years": (1, 10),
    "150 boards": (150, 2),
    "150 boards, ten years": (150, 10),
    "10,000 boards": (10_000, 2),
}
# The day of an estate of ten years is the end of its last.
LAST_DAY = {2: DAY, 10: "2026-06-30"}
COMMANDS = {
    "validate": ["validate", "-q"],
    "status": ["status"],
    "board paper, Word": ["report", "board", "--board", "b00000", "-O", "docx"],
}


def spent(command):
    """Processor seconds of one process."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command}: exit {child.returncode}: {said.decode()[-500:]}")
    return used.ru_utime + used.ru_stime


def memory(command):
    """The greatest memory of one process in MB. By GNU time: a child of this script never seems to hold less than the
    script itself."""
    with tempfile.NamedTemporaryFile("r") as used:
        timed = ["/usr/bin/time", "-o", used.name, "-f", "%M", *command]
        subprocess.run(timed, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return int(used.read().split()[-1]) / 1024


def measured(command):
    seconds = spent(command)
    if seconds < 10:
        seconds = statistics.median(spent(command) for _ in range(5))
    shown = f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return f"{shown}, {memory(command):,.0f} MB"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--most", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = asked.work or pathlib.Path(folder)
        print("| | YAML | actions |", " | ".join(COMMANDS), "|\n" + "| --- " * (3 + len(COMMANDS)) + "|")
        for name, (boards, years) in ESTATES.items():
            if boards > asked.most:
                continue
            plans, facts = work / f"{boards}-{years}" / "plans", work / f"{boards}-{years}.json"
            if not facts.exists():
                made = [sys.executable, HERE / "estate.py", plans, "--boards", str(boards), "--years", str(years)]
                facts.write_bytes(subprocess.run(made, check=True, capture_output=True).stdout)
            held = json.loads(facts.read_text())
            cells = (measured([asked.program.resolve(), *command, "--plans", plans, "--as-of", LAST_DAY[years]])
                     for command in COMMANDS.values())
            print(f"| {name} | {held['bytes'] / 1e6:,.2f} MB | {held['actions']:,} |", " | ".join(cells), "|", flush=True)


main()
