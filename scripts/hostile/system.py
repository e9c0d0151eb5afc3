"""Cases in which the system is the trouble: disk full, signals, two runs, files that change."""

import os
import signal
import subprocess
import threading
import time

import documents
from cases import Case, write
from documents import filing

NOBODY = 65534


def many(folder, count=3000):
    """A file of many filings, of many issuers."""
    with open(os.path.join(folder, "a.txt"), "wb") as out:
        for number in range(count):
            out.write(documents.submission(number, documents.document(issuer=f"{number % 500:010d}")))


def with_mount(options):
    """Runs with a small file system of its own as output."""

    def run(measured, command, folder):
        out = os.path.join(folder, "out")
        os.mkdir(out)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", out], check=True)
        try:
            result = measured(command, folder)
            left = [name for name in os.listdir(out) if name != "_section16"] + os.listdir(os.path.join(out, "_section16")) \
                if os.path.isdir(os.path.join(out, "_section16")) else []
            return result + ([f"left {name}" for name in left if name not in ("lock",)],)
        finally:
            subprocess.run(["umount", out], check=True)

    return run


def limited(measured, command, folder):
    """Runs with files of at most 64 KiB, which is a full disk to a program."""
    import resource

    def prepare():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 10, 64 << 10))

    return measured(command, folder, prepare) + ([],)


def as_nobody(measured, command, folder):
    """Runs as a user who may read and write little."""

    def prepare():
        os.setgid(NOBODY)
        os.setuid(NOBODY)

    os.chmod(folder, 0o777)
    return measured(command, folder, prepare) + ([],)


def signalled(number):
    def run(measured, command, folder):
        """Sends a signal as soon as the run reads."""
        os.mkfifo(os.path.join(folder, "pipe"))
        ready = threading.Event()

        def send():
            with open(os.path.join(folder, "pipe"), "wb") as pipe:
                pipe.write(filing(1))
                pipe.flush()
                os.kill(ready.pid, number)
                time.sleep(0.3)

        thread = threading.Thread(target=send)

        def started(pid):
            ready.pid = pid
            thread.start()

        result = measured([command[0], command[1], "pipe", *command[2:]], folder, started=started)
        thread.join()
        os.unlink(os.path.join(folder, "pipe"))
        return result + ([],)

    return run


def twice(measured, command, folder):
    """Runs while another run, which hangs in a pipe, holds the output."""
    os.mkfifo(os.path.join(folder, "pipe"))
    first = subprocess.Popen([command[0], "convert", "pipe", "-o", "out", "--progress", "none"], cwd=folder, stdout=subprocess.DEVNULL)
    with open(os.path.join(folder, "pipe"), "wb"):
        result = measured(command, folder)
    wrong = [] if first.wait() == 0 else ["the first run failed"]
    os.unlink(os.path.join(folder, "pipe"))
    return result + (wrong,)


def changing(change):
    def run(measured, command, folder):
        """Changes a file again and again while it is read."""
        over = threading.Event()
        thread = threading.Thread(target=lambda: [change(os.path.join(folder, "in/a.txt")) for _ in iter(over.is_set, True)])
        thread.start()
        result = measured(command, folder)
        over.set()
        thread.join()
        return result + ([],)

    return run


def grow(path):
    with open(path, "ab") as out:
        out.write(filing(9) * 50)
    time.sleep(0.001)


def shrink(path):
    os.truncate(path, max(0, os.path.getsize(path) - 10_000))
    time.sleep(0.001)


def vanish(path):
    if os.path.exists(path):
        os.unlink(path)


def sound(folder):
    write(folder, "a.txt", filing(1))


def unreadable(folder):
    write(folder, "a.txt", filing(1))
    write(folder, "b.txt", filing(2))
    write(folder, "d/c.txt", filing(3))
    os.chmod(os.path.join(folder, "b.txt"), 0)
    os.chmod(os.path.join(folder, "d"), 0)


def closed(folder):
    sound(folder)
    os.mkdir(os.path.join(folder, "../out"), 0o555)


CASES = [
    Case("a file that grows", many, filings=None, exit={0, 3}, run=changing(grow)),
    Case("a file that shrinks", many, filings=None, exit={0, 3}, run=changing(shrink)),
    Case("a file that vanishes", many, filings=None, exit={0, 1, 3}, run=changing(vanish)),
    Case("files limited to 64 KiB", many, exit=1, run=limited, args=["--memory", "64KiB"]),
    Case("another run at work", sound, exit=1, run=twice),
    Case("SIGINT", sound, exit=1, run=signalled(signal.SIGINT)),
    Case("SIGTERM", sound, exit=1, run=signalled(signal.SIGTERM)),
]
if os.geteuid() == 0:
    CASES += [
        Case("disk full", many, exit=1, run=with_mount("size=1m")),
        Case("output on a read-only disk", sound, exit=1, run=with_mount("ro")),
        Case("output in a folder of another", closed, exit=1, run=as_nobody),
        Case("unreadable files and folders", unreadable, filings=1, rejects={"unreadable": 2}, run=as_nobody),
    ]
