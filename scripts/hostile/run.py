"""Runs the cases and prints the table. See hostile.sh."""

import json
import os
import resource
import shutil
import sys
import tempfile
import time

import cases
import system

# What a run may take beyond the budget for rows, in MiB: README.md, "Memory".
MEMORY = 128
CONSTANT = 48 + 2 * 24


def measured(command, folder, prepare=None, started=None):
    """Runs a command; its exit code (or minus its signal), seconds, peak MiB, and the text of both outputs."""
    out, err = os.path.join(folder, "stdout"), os.path.join(folder, "stderr")
    start = time.monotonic()
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (300, 300))
        os.chdir(folder)
        for path, number in [(os.devnull, 0), (out, 1), (err, 2)]:
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o666), number)
        if prepare:
            prepare()
        os.execv(command[0], command)
    if started:
        started(pid)
    _, status, usage = os.wait4(pid, 0)
    code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
    return code, time.monotonic() - start, usage.ru_maxrss / 1024, open(out).read(), open(err).read()


def in_child(work, *args):
    """Does work in a process of its own, so that this one stays small: its peak would count as that of the program."""
    pid = os.fork()
    if pid == 0:
        try:
            work(*args)
            os._exit(0)
        except BaseException as error:
            print(f"cannot make the case: {error!r}", file=sys.stderr)
            os._exit(1)
    if os.waitpid(pid, 0)[1] != 0:
        raise SystemExit("a case could not be made")


def left_behind(folder):
    """What a run has left that it should not have."""
    found = [name for name in os.listdir(folder) if name not in ("in", "out", "stdout", "stderr")]
    if os.path.exists(os.path.join(folder, "out/_section16/run")):
        found.append("out/_section16/run")
    return found


def check(case, code, report, peak, folder):
    """What is wrong with the outcome, in words."""
    wrong = []
    if code not in (case.exit if isinstance(case.exit, set) else {case.exit}):
        wrong.append(f"exit {code}, not {case.exit}")
    if report:
        told = report["filings"] + report["duplicates"] + report["filtered"] + report["corrections"]
        told += sum(report["other_forms"].values()) + sum(report["rejects"].values())
        if told != report["entries"]:
            wrong.append(f"{report['entries']} entries, but {told} told")
        if case.filings is not None and report["filings"] != case.filings:
            wrong.append(f"{report['filings']} filings, not {case.filings}")
        if case.rejects is not None and report["rejects"] != case.rejects:
            wrong.append(f"rejects {report['rejects']}, not {case.rejects}")
        if case.others is not None and sum(report["other_forms"].values()) != case.others:
            wrong.append(f"other forms {report['other_forms']}, not {case.others}")
    if peak > MEMORY + CONSTANT + case.entry:
        wrong.append(f"peak {peak:.0f} MiB, more than {MEMORY + CONSTANT + case.entry}")
    wrong += [f"left {name}" for name in left_behind(folder)]
    return wrong


def print_row(case, code, seconds, peak, report, message, wrong):
    """A line of the table, and below it what is wrong."""
    rejects = ", ".join(f"{code} {n:,}" for code, n in (report or {}).get("rejects", {}).items())
    others = sum((report or {}).get("other_forms", {}).values())
    kept = f"{report['filings']:,} filings, {others:,} others" if report else ""
    print(f"| {case.name} | {code} | {kept} | {rejects or message} | {peak:.0f} MiB | {seconds:.1f} s |", flush=True)
    for line in wrong:
        print(f"    WRONG: {line}", flush=True)


def run(case, program, work):
    """Makes and runs one case; whether all was right."""
    folder = tempfile.mkdtemp(dir=work)
    try:
        inputs = os.path.join(folder, "in")
        os.mkdir(inputs)
        in_child(case.make, inputs)
        command = [program, "convert", "in", "-o", "out", "--progress", "none", "--report", "json", "--threads", "2", *case.args]
        wrong = []
        if case.run:
            code, seconds, peak, out, err, wrong = case.run(measured, command, folder)
        else:
            code, seconds, peak, out, err = measured(command, folder)
        report = json.loads(out) if out.startswith("{") else None
        wrong += check(case, code, report, peak, folder)
        print_row(case, code, seconds, peak, report, err.strip().replace("\n", "; "), wrong)
        return not wrong
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    program, work, *names = sys.argv[1:]
    chosen = [case for case in cases.CASES + system.CASES if not names or any(name in case.name for name in names)]
    print("| case | exit | kept | rejects or message | peak | time |\n|---|---|---|---|---|---|")
    results = [run(case, os.path.abspath(program), work) for case in chosen]
    print(f"\n{sum(results)} of {len(results)} as they must be")
    raise SystemExit(0 if all(results) else 1)


main()
