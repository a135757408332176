#!/usr/bin/env python3
"""What `plan` costs, in whole processes, beside what the same files cost other programs.

    python3 tests/bench/table.py [--boards N] [--pairs N] [--seed N] [--plan PROGRAM] [--work FOLDER]

Builds `plan` (profile `dist`) and the floors, makes the estates, runs each pair of commands in turn, and
prints a table in Markdown: medians of processor time (user and system) and of their ratios pair by pair, which
say the same on a busy machine. About three minutes. Scripts that read the same files with PyYAML, and with
js-yaml and ajv, are rows where these are installed. `--work` keeps the estates for the next run.

Exit 1 where a figure is over its limit.
"""
import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DAY = "2018-06-30"
# Of what a process may hold: in all, and for each action in hand.
MEMORY, AN_ACTION = 12 * 1024 * 1024, 400


def run(command):
    """Processor seconds and greatest memory in bytes of one process; its exit must be 0 or 1."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    signal.alarm(900)
    _, status, used = os.wait4(child.pid, 0)
    signal.alarm(0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command}: exit {child.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * unit


def pairs(command, other, count):
    """Median seconds of both, and the median of their ratios; the first pair warms the cache."""
    times = [(run(command)[0], run(other)[0]) for _ in range(count + 1)][1:]
    return [statistics.median(column) for column in zip(*((a, b, a / max(b, 1e-6)) for a, b in times))]


def built(asked):
    """The program, and the program of the floors."""
    root = HERE.parent.parent
    build = ["cargo", "build", "--quiet", "--profile", "dist", "--message-format=json"]
    programs = {}
    for part in (["--bin", "plan"], ["--bench", "floor"]):
        if part[1] == "plan" and asked.plan:
            programs["plan"] = str(asked.plan.resolve())
            continue
        lines = subprocess.run(build + part, cwd=root, check=True, capture_output=True, text=True).stdout
        for message in map(json.loads, lines.splitlines()):
            if message.get("executable"):
                programs[message["target"]["name"]] = message["executable"]
    return programs["plan"], programs["floor"]


def estate(work, name, *options):
    """An estate of `estate.py`, made once: its plans, and what it holds."""
    folder, facts = work / name, work / f"{name}.json"
    if not facts.exists():
        shutil.rmtree(folder, ignore_errors=True)
        command = [sys.executable, HERE / "estate.py", folder / "plans", *map(str, options)]
        facts.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    return str(folder / "plans"), json.loads(facts.read_text())


def peers():
    """The scripts that can run here."""
    found = {}
    python = [sys.executable, str(HERE / "peers" / "with_pyyaml.py")]
    if subprocess.run([sys.executable, "-c", "import yaml.cyaml"], capture_output=True).returncode == 0:
        found["PyYAML"] = python
    node = shutil.which("node")
    script = str(HERE / "peers" / "with_js_yaml.js")
    if node and subprocess.run([node, script, "--check"], capture_output=True).returncode == 0:
        found["js-yaml and ajv"] = [node, script]
    return found


class Table:
    def __init__(self):
        self.rows, self.over = [], False

    def row(self, what, measured, limit, remark):
        self.over |= bool(limit) and measured > limit
        shown = f"{measured:.2f} ×" if measured < 1000 else f"{measured / 1024 / 1024:.1f} MB"
        allowed = "" if not limit else f"{limit:.2f} ×" if limit < 1000 else f"{limit / 1024 / 1024:.1f} MB"
        self.rows.append(f"| {what} | {shown} | {allowed} | {remark} |")
        print(self.rows[-1], file=sys.stderr)

    def ratio(self, what, command, other, count, limit=None):
        seconds, others, ratio = pairs(command, other, count)
        self.row(what, ratio, limit, f"{seconds * 1000:.1f} ms, {others * 1000:.1f} ms")

    def memory(self, what, command, facts, limit=True):
        peak = run(command)[1]
        allowed = MEMORY + facts["actions"] * AN_ACTION if limit else None
        self.row(what, peak, allowed, f"{facts['actions']} actions, {facts['bytes'] / 1e6:.1f} MB of YAML")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option, default in {"boards": 1000, "pairs": 7, "seed": 1}.items():
        parser.add_argument(f"--{option}", type=int, default=default)
    parser.add_argument("--plan", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path)
    asked = parser.parse_args()
    program, floor = built(asked)
    with tempfile.TemporaryDirectory() as folder:
        measure(asked, program, floor, asked.work or pathlib.Path(folder))


def measure(asked, program, floor, work):
    many, facts = estate(work, f"many{asked.boards}-{asked.seed}", "--boards", asked.boards, "--seed", asked.seed)
    one, _ = estate(work, f"one-{asked.seed}", "--seed", asked.seed)
    large, _ = estate(work, f"large-{asked.seed}", "--actions", 20000, "--seed", asked.seed)
    wrong, _ = estate(work, f"wrong-{asked.seed}", "--unknown", 5000, "--seed", asked.seed)

    def plan(command, plans):
        return [program, command, "--plans", plans, "--as-of", DAY]

    def parse(plans):
        return [floor, "parse", plans]

    table, count, boards = Table(), asked.pairs, f"{asked.boards} boards"
    cat = ["find", many, "-name", "*.yaml", "-exec", "cat", "{}", "+"]
    table.ratio(f"validate, {boards} / cat", plan("validate", many), cat, count, 5.5)
    table.ratio(f"validate, {boards} / the bare parser", plan("validate", many), parse(many), count, 0.9)
    table.ratio(f"status / validate, {boards}", plan("status", many), plan("validate", many), count, 1.2)
    table.ratio("validate, one file of 20,000 actions / the bare parser", plan("validate", large), parse(large), count, 1.5)
    table.ratio("validate, 5,000 findings in a file / the bare parser", plan("validate", wrong), parse(wrong), count, 1.8)
    hello = [floor, "hello", "--as-of", DAY]
    table.ratio("status, one board / an empty clap program", plan("status", one), hello, 20 * count, 1.5)
    table.ratio("validate, one board / an empty clap program", plan("validate", one), hello, 20 * count, 1.9)
    for command in ("validate", "status"):
        table.memory(f"memory of {command}, {boards}", plan(command, many), facts)
    for name, script in peers().items():
        table.ratio(f"validate, {boards} / a script with {name}", plan("validate", many), [*script, many, DAY], 3)
    print("| what | measured | limit | |\n| --- | --- | --- | --- |", *table.rows, sep="\n")
    sys.exit(table.over)


main()
