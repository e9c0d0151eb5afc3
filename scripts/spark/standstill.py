#!/usr/bin/env python3
"""Stands in for section16, whose path REAL_SECTION16 holds, and lets one run of it stand still in mid-stream.

The first run that reads a list of files passes on BEFORE_STANDSTILL bytes of the stream, writes its process id to the file `pid` in
the folder STANDSTILL, and passes on nothing more until its parent is gone. All other runs are those of section16.
"""

import os
import subprocess
import sys
import time


def stand_still(command, folder, before):
    parent = os.getppid()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as real:
        passed = real.stdout.read(before)
        if not real.stdout.read(1):
            sys.exit(f"the stream ended before {before} bytes: there is no middle to stand still in")
        sys.stdout.buffer.write(passed)
        sys.stdout.buffer.flush()
        with open(f"{folder}/pid.new", "w", encoding="ascii") as file:
            file.write(str(os.getpid()))
        os.rename(f"{folder}/pid.new", f"{folder}/pid")
        while os.getppid() == parent:
            time.sleep(0.1)
        real.kill()


if __name__ == "__main__":
    command = [os.environ["REAL_SECTION16"], *sys.argv[1:]]
    if "--files-from=-" in command:
        try:
            os.mkdir(os.environ["STANDSTILL"])
        except FileExistsError:
            pass
        else:
            stand_still(command, os.environ["STANDSTILL"], int(os.environ["BEFORE_STANDSTILL"]))
            sys.exit(1)
    os.execv(command[0], command)
