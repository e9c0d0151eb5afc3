"""Kills the executor whose task stands still: see standstill.py.

    kill.py DRIVER FOLDER

DRIVER is the process id of the job, FOLDER where standstill.py writes its own. Only a process that runs below DRIVER is killed.
"""

import os
import signal
import sys
import time


def parent(pid):
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
        return int(stat.read().rpartition(")")[2].split()[1])


def ancestors(pid):
    while pid > 1:
        pid = parent(pid)
        yield pid


def is_executor(pid):
    with open(f"/proc/{pid}/cmdline", "rb") as line:
        return b"CoarseGrainedExecutorBackend" in line.read()


def main(driver, folder):
    while not os.path.exists(f"{folder}/pid"):
        if not os.path.exists(f"/proc/{driver}"):
            sys.exit("the job ended before a task stood still")
        time.sleep(0.1)
    with open(f"{folder}/pid", encoding="ascii") as file:
        chain = list(ancestors(int(file.read())))
    executor = next(pid for pid in chain if is_executor(pid))
    if driver not in chain[chain.index(executor) :]:
        sys.exit(f"executor {executor} is not one of {driver}")
    os.kill(executor, signal.SIGKILL)
    print(f"executor {executor} killed while its task was in the middle of a stream")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
