"""Every path through the program takes time in proportion to what it is given: each of paths.py is run at a size
and at four times that, its instructions are counted by valgrind, and more than 4.6 times as many fail. What the
command takes on a smallest board is taken off both. Then the memory of the largest papers is held against the
length of what they print. Usage: linear.py PLAN [NAME…]; needs valgrind and git."""
import os, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

from paths import LARGE, PATHS, board

# Without its debug information, which valgrind would read at each start.
PLAN, ONLY = tempfile.mkdtemp(prefix="plan-linear-") + "/plan", sys.argv[2:]
subprocess.run(["strip", "-o", PLAN, sys.argv[1]], check=True)
MOST = 4.6
DAY = ["--as-of", "2018-03-15"]
# One thread: what several wait for each other is not the program's work.
SURROUNDINGS = {**os.environ, "RAYON_NUM_THREADS": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
                **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
                    ("NAME", "Business Manager"), ("EMAIL", "manager@example.org"), ("DATE", "2018-01-16T10:00:00+00:00"))}}


def written(states):
    """A folder with the files of the last state; those before it are its history."""
    folder = tempfile.mkdtemp(prefix="plan-linear-")
    states = states if isinstance(states, list) else [states]
    for number, files in enumerate(states):
        for name, text in files.items():
            # What is no part of the estate begins with a slash.
            path = folder + (name if name.startswith("/") else f"/plans/b/{name}")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text if isinstance(text, bytes) else text.encode())
        if number < len(states) - 1:
            for command in ([["init", "-q"]] if number == 0 else []) + [["add", "-A"], ["commit", "-q", "-m", f"state {number}"]]:
                subprocess.run(["git", "-c", "gc.auto=0"] + command, cwd=folder, check=True, env=SURROUNDINGS)
    return folder


def instructions(states, command):
    folder = written(states)
    counted = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", PLAN]
    done = subprocess.run(counted + command + DAY, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True, timeout=600, env=SURROUNDINGS)
    shutil.rmtree(folder)
    found = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if not found or done.returncode > 1:
        sys.exit(f"{command}: {done.returncode}: {done.stderr[-500:]}")
    return int(found.group(1).replace(",", ""))


def growth(path):
    """How many times the instructions four times the size takes, and whether that is too many."""
    name, command = path
    size, _, make = PATHS[name]
    sizes = size if isinstance(size, tuple) else (size, 4 * size)
    once, fourfold = (instructions(make(count), command) - LEAST for count in sizes)
    ratio = fourfold / max(1, once)
    return ratio > MOST, f"{ratio:6.2f}  {name}: {' '.join(command)} ({once:,})"


def memory(case):
    """What a paper takes, and whether that is more than so many times the bytes of what it reads and prints."""
    name, (command, most, files) = case
    folder = written(files)
    with open(folder + "/out", "wb") as out:
        child = subprocess.Popen([PLAN] + command + DAY, cwd=folder, stdout=out, env=SURROUNDINGS)
        _, status, used = os.wait4(child.pid, 0)
    size = os.path.getsize(folder + "/out") + sum(len(text) for text in files.values())
    shutil.rmtree(folder)
    times = used.ru_maxrss * 1024 / size
    fails = times > most or os.waitstatus_to_exitcode(status) > 1
    return fails, (f"{times:6.1f}  {name}: {' '.join(command)}: {used.ru_maxrss // 1024} MB "
                   f"for {size / 1e6:.1f} MB read and printed; at most {most} times")


LEAST = instructions(board(), ["status"])
paths = [(name, command) for name, (_, commands, _) in PATHS.items() for command in commands if not ONLY or name in ONLY]
papers = LARGE.items() if not ONLY or "memory" in ONLY else ()
failed = 0
with ThreadPoolExecutor(os.cpu_count()) as pool:
    # The largest papers first, and the documents at the end of the list: what takes long is not left for last.
    running = [pool.submit(memory, paper) for paper in papers] + [pool.submit(growth, path) for path in reversed(paths)]
    for done in running:
        fails, said = done.result()
        failed += fails
        print("FAILED" if fails else "ok    ", said, flush=True)
shutil.rmtree(os.path.dirname(PLAN))
print(f"{len(paths)} paths at a size and at four times that, {failed} that grow too fast")
sys.exit(bool(failed))
