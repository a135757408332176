#!/usr/bin/env python3
"""Runs commands on estates that are made to be hard, at one size and at four times the size, and fails where the
instructions grow more than 4.6 times: all that grows is to grow in proportion.

    python3 tests/bench/growth.py PROGRAM [CASE…]

Counts by valgrind; PROGRAM is built by `cargo build --release`.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

MOST = 4.6
BOARD = "board: Testshire\ngroups:\n  g1: {name: First Group}\n  g2: {name: Police, kind: agency}\nmeetings:\n  board: [2018-03-06, 2018-05-01]\n"
HEAD = "plan: Work Plan\nperiod: 2017-19\nadopted: 2017-04-10\n"
UPDATES = "updates: Return\nplan: wp\ndate: 2018-01-16\nby: g1\nentries:\n"


def action(at, more="", words=None, owners="g1"):
    words = words or f"Do thing number {at}"
    return f'      - {{id: "1.{at}", action: "{words}", owners: [{owners}], timescale: April 2018, evidence: [Report]{more}}}\n'


def plan(actions, head=""):
    return HEAD + head + "priorities:\n  - id: 1\n    title: Neglect\n    actions:\n" + "".join(actions)


def plain(count):
    return plan(action(at) for at in range(count))


def board(files, groups=None):
    return {"b/board.yaml": BOARD if groups is None else "board: Testshire\ngroups:\n" + groups, **{f"b/{path}": text for path, text in files.items()}}


def letters(number, length):
    """A word of capitals for each number."""
    word = ""
    for _ in range(length):
        number, letter = divmod(number, 26)
        word = chr(ord("A") + letter) + word
    return word


def groups(count, name):
    return "".join(f"  {name(at)}: {{kind: agency}}\n" for at in range(count))


VALIDATE, LIST, STATUS = ["validate"], ["list", "-O", "json"], ["status"]
# Of each case: the commands, the smaller size, and the files of a size.
CASES = {
    "actions": ([VALIDATE, LIST, STATUS], 500, lambda n: board({"wp.yaml": plain(n)})),
    "boards": ([VALIDATE, STATUS], 50, lambda n: {f"b{at}/{path}": text for at in range(n) for path, text in {"board.yaml": BOARD, "wp.yaml": plain(3)}.items()}),
    "boards in one folder": ([VALIDATE], 50, lambda n: {f"top/b{at}/{path}": text for at in range(n) for path, text in {"board.yaml": BOARD, "wp.yaml": plain(3)}.items()}),
    "similar names": ([VALIDATE], 250, lambda n: board({"wp.yaml": plan(action(at, more=f", note: x", words=f"Do {at}").replace("[Report]", f'["{letters(at * 7, 6).lower()} minutes"]') for at in range(n))})),
    "abbreviations": ([VALIDATE], 250, lambda n: board({"wp.yaml": plan(action(at, words=f"Do {letters(at * 7, 4)}") for at in range(n))})),
    "unknown groups among many": ([VALIDATE], 250, lambda n: board({"wp.yaml": plan(action(at, owners=f"grup-{at}") for at in range(n))}, groups(n, lambda at: f"group-{at}"))),
    "unknown actions among many": ([VALIDATE], 250, lambda n: board({"wp.yaml": plain(n), "u.yaml": UPDATES + "".join(f'  - {{action: "2.{at}x", note: n}}\n' for at in range(n))})),
    "a group for each action": ([VALIDATE, LIST], 250, lambda n: board({"wp.yaml": plan(action(at, owners=f"g{at}") for at in range(n))}, groups(n, lambda at: f"g{at}"))),
    "allowances": ([VALIDATE], 250, lambda n: board({"wp.yaml": plan("      # plan: allow no-evidence-planned: why\n" + action(at).replace(", evidence: [Report]", "") for at in range(n))})),
    "a block of allowances": ([VALIDATE], 500, lambda n: board({"wp.yaml": "# plan: allow no-owner: why\n" * n + plain(3)})),
    "findings in one line": ([VALIDATE, ["validate", "-O", "json"]], 250, lambda n: board({"wp.yaml": HEAD + "priorities: [{id: 1, title: N, actions: [" + ", ".join(f'{{id: "1.{at}", action: "Do {at}", owners: [g9], timescale: zz}}' for at in range(n)) + "]}]\n"})),
    "unknown fields": ([VALIDATE], 500, lambda n: board({"wp.yaml": plain(3) + "".join(f"field{at}: x\n" for at in range(n))})),
    "indicators in one file": ([VALIDATE], 100, lambda n: board({"wp.yaml": plan([action(1)], "indicators:\n" + "".join(f"  - {{id: I{at}, title: T, better: lower, target: 5, data: i.csv}}\n" for at in range(n))), "i.csv": "indicator,period,value\n" + "".join(f"I{at},2017-18 Q{quarter},{at}\n" for at in range(n) for quarter in (1, 2, 3, 4))})),
    "actions with an indicator each": ([VALIDATE, LIST], 250, lambda n: board({"wp.yaml": plan((action(at, f", indicator: I{at}") for at in range(n)), "indicators:\n" + "".join(f"  - {{id: I{at}, title: T, better: lower, target: 5}}\n" for at in range(n)))})),
    "threads": ([VALIDATE], 250, lambda n: board({"wp.yaml": plan((action(at, f", threads: [t{at}]") for at in range(n)), "threads:\n" + "".join(f"  t{at}: Thread {at}\n" for at in range(n)))})),
    "entries about one action": ([VALIDATE, LIST], 500, lambda n: board({"wp.yaml": plain(3), "u.yaml": UPDATES + "".join(f'  - {{action: "1.1", rag: amber, done: "thing {at}"}}\n' for at in range(n))})),
    "files of updates": ([VALIDATE], 100, lambda n: board({"wp.yaml": plain(20), **{f"updates/u{at}.yaml": UPDATES + f'  - {{action: "1.{at % 20}", rag: amber, note: x{at}}}\n' for at in range(n)}})),
    "a long id": ([VALIDATE], 1000, lambda n: board({"wp.yaml": plain(2).replace('"1.1"', '"' + "1." * n + '"'), "u.yaml": UPDATES + '  - {action: "' + "2." * n + '", note: x}\n'})),
    "figures in one line": ([VALIDATE], 1000, lambda n: board({"wp.yaml": plan([action(1, words="12 High Street TS24 8AY " * n)])})),
}


def instructions(command, plans, folder):
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind"]
    whole = [*valgrind, *command, "--plans", plans, "--as-of", "2018-03-15"]
    ran = subprocess.run(whole, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "RAYON_NUM_THREADS": "1"})
    found = re.search(r"Collected : (\d+)", ran.stderr)
    if ran.returncode not in (0, 1) or not found:
        sys.exit(f"{command}: exit {ran.returncode}\n{ran.stderr}")
    return int(found[1])


def main(program, *names):
    over = []
    with tempfile.TemporaryDirectory() as folder:
        empty = instructions([program, "validate"], written(f"{folder}/empty", board({"wp.yaml": plain(1)})), folder)
        for name in names or CASES:
            commands, size, make = CASES[name]
            small, large = (written(f"{folder}/{name}-{size * times}", make(size * times)) for times in (1, 4))
            for command in commands:
                # Without what every start costs.
                first, second = (instructions([program, *command], plans, folder) - empty for plans in (small, large))
                ratio = second / max(first, 1)
                print(f"{name}: {' '.join(command)}: {first:,} to {second:,} instructions, {ratio:.2f} ×", flush=True)
                if ratio > MOST:
                    over.append(f"{name}: {' '.join(command)}")
    if over:
        sys.exit(f"more than {MOST} × for four times as much: {'; '.join(over)}")


def written(folder, files):
    for path, text in files.items():
        path = pathlib.Path(folder, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


main(*sys.argv[1:])
