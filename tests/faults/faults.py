"""Fails, or kills, the program at every system call by which it writes, and holds what is promised of it: a
file is the old one or the new one, what was acknowledged is there, what was refused is not, several files are
written together or none, and the next command finds nothing in its way. Then the odd places that a command may
be run in. Usage: faults.py PLAN EXAMPLES; needs strace."""
import os, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

PLAN, EXAMPLES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
CALLS = ["write", "fsync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir",
         "fchmod", "fchown", "fsetxattr", "flock"]
ERRORS = ["ENOSPC", "EIO", "EACCES"]
BOARD = "board: Testshire\ngroups:\n  vemt: {name: VEMT}\n"
WORK_PLAN = ("plan: Work Plan\nperiod: 2017-19\npriorities:\n  - id: 1\n    title: Neglect\n    actions:\n"
             "      - {id: 1.1, action: Return interviews, owners: [vemt], timescale: February 2018}\n")
HEAD = "updates: Return\nplan: work-plan\ndate: 2018-05-01\nby: vemt\nentries:\n  - action: 1.1\n    note: first\n"
UPDATES = "plans/b/updates/2018-05-01-vemt.yaml"
failures, tried = [], 0


def estate():
    folder = tempfile.mkdtemp(prefix="plan-faults-")
    os.makedirs(folder + "/plans/b/updates")
    for path, text in (("board.yaml", BOARD), ("work-plan.yaml", WORK_PLAN), ("updates/2018-05-01-vemt.yaml", HEAD)):
        with open(f"{folder}/plans/b/{path}", "w") as file:
            file.write(text)
    return folder


def files(folder):
    found = {}
    for above, _, names in os.walk(folder + "/plans"):
        for name in names:
            with open(os.path.join(above, name), "rb") as file:
                found[os.path.relpath(os.path.join(above, name), folder)] = file.read().decode()
    return found


def run(folder, command, inject=None, env=None, **more):
    traced = ["strace", "-f", "-qq", "-o", folder + "/trace"]
    for one in inject or []:
        traced += ["-e", one]
    return subprocess.run((traced if inject else []) + [PLAN] + command, cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=more.pop("stdout", subprocess.PIPE), stderr=more.pop("stderr", subprocess.PIPE),
                          text=True, timeout=120, env={**os.environ, **(env or {})}, **more)


def check(condition, what):
    global tried
    tried += 1
    if not condition:
        failures.append(what)
        print("FAILED:", what, flush=True)


def update(note):
    return ["update", "1.1", "--by", "vemt", "--date", "2018-05-01", "--note", note, "-q"]


ROLLOVER = ["rollover", "work-plan", "--to", "2019-20", "--agreed", "board", "--date", "2018-05-01", "-q"]


def counts(command):
    """How often the command makes each call."""
    folder = estate()
    run(folder, command, ["trace=" + ",".join(CALLS)])
    with open(folder + "/trace") as file:
        made = re.findall(r"^\d+ +(\w+)\(", file.read(), re.M)
    shutil.rmtree(folder)
    return {call: made.count(call) for call in CALLS if call in made}


def visible(found):
    return {path: text for path, text in found.items() if "/." not in path}


def attempt(name, command, call, number, how):
    """One run in which one call goes wrong, and what must hold after it."""
    folder = estate()
    before = files(folder)
    done = run(folder, command, [f"trace={call}", f"inject={call}:{how}:when={number}"])
    after = files(folder)
    what = f"{name}: {call} {number} {how}"
    new = expected(name, before)
    state = "old" if visible(after) == before else "new" if matches(visible(after), new) else "mixed"
    killed = how.startswith("signal")
    if done.returncode == 0:
        check(state == "new", f"{what}: acknowledged and {state}")
    elif killed:
        # Between the first file and the last a list says that the board is not whole.
        is_said = "plans/b/.plan-unfinished" in after
        check(state != "mixed" or is_said, f"{what}: {state}, and nothing says so")
        if is_said:
            status = run(folder, ["status"])
            check(status.returncode == 2 and "INCOMPLETE" in status.stdout, f"{what}: status says {status.stdout[:200]}")
    else:
        is_said = "it is recorded" in done.stderr or "was written" in done.stderr or "were written" in done.stderr
        check(state == "old" or (state == "new" and is_said), f"{what}: refused and {state}: {done.stderr[-300:]}")
        check("panicked" not in done.stderr, f"{what}: {done.stderr[-300:]}")
    # The next one works, whatever was left.
    final = run(folder, update("next"))
    there = files(folder)
    check(final.returncode == 0 and "note: next" in there[UPDATES], f"{what}: then {final.stderr[-300:]}")
    there[UPDATES] = there[UPDATES].replace("  - action: 1.1\n    note: next\n", "")
    left = sorted(path for path in there if "/." in path or "set-aside" in path)
    check(not left, f"{what}: left lying: {left}")
    check(visible(there) == before or matches(visible(there), new), f"{what}: mixed in the end")
    shutil.rmtree(folder)


def expected(name, before):
    if name == "update":
        return {**before, UPDATES: before[UPDATES] + "  - action: 1.1\n    note: one more\n"}
    return None


def matches(found, new):
    if new is not None:
        return found == new
    rolled = found.get("plans/b/work-plan-2019-20.yaml", "")
    carried = found.get("plans/b/updates/2018-05-01-board.yaml", "")
    return rolled.endswith("\n") and "from: work-plan#1.1" in rolled and carried.endswith("\n") and "carried forward" in carried


def every_call():
    jobs = []
    for name, command in (("update", update("one more")), ("rollover", ROLLOVER)):
        for call, count in counts(command).items():
            for number in range(1, count + 1):
                jobs += [(name, command, call, number, f"error={error}") for error in ERRORS]
                jobs.append((name, command, call, number, "signal=KILL"))
    with ThreadPoolExecutor(2) as pool:
        for _ in pool.map(lambda job: attempt(*job), jobs):
            pass
    print(f"{len(jobs)} calls gone wrong")


def shared_drive():
    """Two files cannot change places, and the system's locks are each machine's own: what is acknowledged is there."""
    folder = estate()
    inject = ["trace=renameat2,flock", "inject=renameat2:error=EINVAL", "inject=flock:retval=0"]

    def one(number):
        traced = ["strace", "-f", "-qq", "-o", "/dev/null"] + [word for one in inject for word in ("-e", one)]
        done = subprocess.run(traced + [PLAN] + update(f"number {number}"), cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
        return number, done.returncode

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(one, range(48)))
    found = files(folder)
    for number, code in ended:
        is_there = f"note: number {number}\n" in found[UPDATES]
        check(is_there == (code == 0), f"shared drive: update {number} ended with {code}, and is there: {is_there}")
    check(sum(code == 0 for _, code in ended) > 0, "shared drive: none was acknowledged")
    check(not [path for path in found if "/." in path], f"shared drive: left lying: {sorted(found)}")
    # Several files at once, cut off, are taken back there as well.
    for number in range(1, 8):
        folder = estate()
        before = files(folder)
        run(folder, ROLLOVER, ["trace=rename,renameat2,link,linkat", "inject=renameat2:error=EINVAL",
                               f"inject=rename,link,linkat:signal=KILL:when={number}"])
        run(folder, update("next"))
        there = files(folder)
        there[UPDATES] = there[UPDATES].replace("  - action: 1.1\n    note: next\n", "")
        there = visible(there)
        check(there == before or matches(there, None), f"shared drive: rollover killed at {number}: mixed: {sorted(there)}")
        shutil.rmtree(folder)


def editors():
    """An editor saves in the very moment in which the two files change places."""
    theirs = "# theirs\n" + HEAD
    for after in ("stays", "is removed"):
        folder = estate()
        inject = ["trace=renameat2", "inject=renameat2:delay_enter=1500000:delay_exit=1500000:when=1"]
        traced = ["strace", "-f", "-qq", "-o", "/dev/null"] + [word for one in inject for word in ("-e", one)]
        child = subprocess.Popen(traced + [PLAN] + update("ours"), cwd=folder, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        subprocess.run(["sleep", "1"])
        with open(f"{folder}/{UPDATES}", "w") as file:
            file.write(theirs)
        subprocess.run(["sleep", "1.3"])
        if after == "is removed":
            os.remove(f"{folder}/{UPDATES}")
        out, err = child.communicate(timeout=60)
        found = files(folder)
        place = UPDATES if after == "stays" else UPDATES + ".set-aside"
        check(found.get(place) == theirs, f"editor, and the file {after}: {sorted(found)}: {err}")
        check(child.returncode != 0 or "ours" in found.get(UPDATES, ""), f"editor, and the file {after}: acknowledged and lost")
        run(folder, update("next"))
        check(any(theirs.rstrip() in text for text in files(folder).values()), f"editor, and the file {after}: swept away")
        shutil.rmtree(folder)
    # What --fix patches is the text that was judged.
    folder = estate()
    wrong = HEAD.replace("date: 2018-05-01", "date: 01/05/2018")
    with open(f"{folder}/{UPDATES}", "w") as file:
        file.write(wrong)
    fix = ["validate", "--fix", "-q"]
    run(folder, fix + ["--dry-run"], ["trace=openat"])
    with open(folder + "/trace") as file:
        opened = [line for line in file if "openat(" in line]
    last = max(number for number, line in enumerate(opened, 1) if "vemt" in line)
    for number in range(max(1, last - 1), last + 4):
        with open(f"{folder}/{UPDATES}", "w") as file:
            file.write(wrong)
        traced = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=openat", "-e", f"inject=openat:delay_enter=900000:when={number}"]
        child = subprocess.Popen(traced + [PLAN] + fix, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["sleep", "0.6"])
        edited = "# one more line\n" + wrong
        with open(f"{folder}/{UPDATES}", "w") as file:
            file.write(edited)
        child.wait(timeout=60)
        text = files(folder)[UPDATES]
        check(text in (edited, edited.replace("01/05/2018", "2018-05-01")), f"--fix at the {number}th opening: {text!r}")
    shutil.rmtree(folder)


def places():
    """Where a command may be run: each ends with a sentence, or an answer, and within its time."""
    folder = tempfile.mkdtemp(prefix="plan-places-")
    shutil.copytree(EXAMPLES + "/exampleshire", folder + "/plans/exampleshire")
    status = ["status", "--as-of", "2026-03-03"]
    usual = run(folder, status)
    check(usual.returncode == 0, usual.stderr)
    for command in (status, ["list", "-O", "csv"], ["validate", "-O", "json"], ["report", "board", "-O", "html"], ["--help"]):
        with open("/dev/full", "w") as full:
            done = run(folder, command, stdout=full)
        check(done.returncode in (0, 2) and "panicked" not in done.stderr, f"/dev/full, {command}: {done.stderr}")
        if command != ["--help"]:
            check(done.returncode == 2 and "No space left" in done.stderr, f"/dev/full, {command}: {done.returncode} {done.stderr}")
            with open("/dev/full", "w") as full:
                done = run(folder, command, stdout=full, stderr=full)
            check(done.returncode == 2, f"/dev/full for both, {command}: {done.returncode}")
        reader, writer = os.pipe()
        os.close(reader)
        done = run(folder, command, stdout=writer)
        os.close(writer)
        check(done.returncode in (0, 1) and done.stderr == "", f"a reader that is gone, {command}: {done.returncode} {done.stderr}")
        done = subprocess.run(["sh", "-c", 'exec "$0" "$@" >&-', PLAN] + command, cwd=folder, capture_output=True, text=True, timeout=60)
        check("panicked" not in done.stderr, f"no output at all, {command}: {done.stderr}")
    for name in ("LC_ALL", "LANG"):
        for locale in ("C", "tr_TR.UTF-8", "ja_JP.eucJP", "", "../../etc"):
            done = run(folder, status, env={name: locale})
            check(done.stdout == usual.stdout, f"{name}={locale}: another answer")
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12", ":/etc/passwd", "nonsense", ""):
        done = run(folder, status, env={"TZ": zone})
        check(done.stdout == usual.stdout, f"TZ={zone}: another answer")
    for variable, value in (("COLUMNS", "0"), ("COLUMNS", "99999999999999999999"), ("COLUMNS", "-1"), ("NO_COLOR", "1"), ("TERM", "")):
        done = run(folder, status, env={variable: value})
        check(done.returncode == 0 and "panicked" not in done.stderr, f"{variable}={value}: {done.stderr}")
    os.mkfifo(folder + "/plans/exampleshire/pipe.yaml")
    done = run(folder, status)
    check(done.returncode == 2 and "INCOMPLETE" in done.stdout, f"a pipe among the files: {done.stderr}")
    os.remove(folder + "/plans/exampleshire/pipe.yaml")
    gone = tempfile.mkdtemp()
    done = subprocess.run(["sh", "-c", f'cd {gone} && rmdir {gone} && exec "$0" "$@"', PLAN] + status, capture_output=True, text=True, timeout=60)
    check(done.returncode == 2 and "panicked" not in done.stderr, f"a folder that is gone: {done.returncode} {done.stderr}")
    shutil.rmtree(folder)


for part in (every_call, shared_drive, editors, places):
    print("trying:", part.__doc__ or part.__name__, flush=True)
    part()
print(f"{tried} things held to, {len(failures)} did not hold")
sys.exit(bool(failures))
