"""Types into a real shell on a terminal, presses the tab key, and says what the shell shows.

    press_tab.py bash|zsh FOLDER SCRIPT TYPED EXPECTED...

Exits 1 if one of the expected words is not shown within ten seconds."""

import os
import pty
import re
import select
import signal
import sys
import time

shell, folder, script, typed, *expected = sys.argv[1:]
setup = {
    "bash": f"source {script}\n",
    "zsh": f"autoload -U compinit; compinit -u -d {folder}/.zcompdump; source {script}\n",
}[shell]
command = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}[shell]

child, terminal = pty.fork()
if child == 0:
    os.chdir(folder)
    os.environ.update(TERM="xterm", PS1="ready> ", COLUMNS="200")
    os.execvp(command[0], command)

shown = ""


def wait_for(found, seconds):
    global shown
    end = time.time() + seconds
    while time.time() < end and not found():
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 65536).decode(errors="replace")
            except OSError:
                break
    return found()


def words():
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)


wait_for(lambda: "ready> " in shown, 5)
os.write(terminal, (setup + "echo set-up-is-done\n").encode())
wait_for(lambda: shown.count("set-up-is-done") > 1, 5)
shown = ""
os.write(terminal, (typed + "\t\t").encode())
ok = wait_for(lambda: all(word in words() for word in expected), 10)
os.kill(child, signal.SIGKILL)
if not ok:
    sys.exit(f"{shell}: `{typed}` and tab shows none of {expected}:\n{words()}")
