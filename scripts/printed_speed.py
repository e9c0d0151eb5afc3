"""How many printed forms are read in a second.

    python3 scripts/printed_speed.py BIN RENDERED

For each folder of texts in RENDERED/holdout, and RENDERED/seeds: copies of its texts, at least 4,000, are read by one thread of
`section16 parse`, three times; the least CPU time counts, that of the process as a whole. The last line is all texts together, each
once.
"""

import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

FEWEST = 4000
RUNS = 3


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds(binary, folder):
    command = [binary, "parse", folder, "--table", "filings", "--format", "ndjson", "--threads", "1"]
    best = float("inf")
    for _ in range(RUNS):
        before = cpu()
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        best = min(best, cpu() - before)
        # 3: a text is no form that can be told.
        if run.returncode not in (0, 3):
            sys.exit(run.stderr)
    return best


def main():
    binary, rendered = sys.argv[1], pathlib.Path(sys.argv[2])
    folders = sorted(f for f in (rendered / "holdout").iterdir() if f.is_dir() and f.name != "truth")
    print(f"{'folder':28} texts a second")
    read = took = 0
    for folder in [*folders, rendered / "seeds"]:
        texts = sorted(folder.glob("*.txt"))
        copies = -(-FEWEST // len(texts))
        with tempfile.TemporaryDirectory() as work:
            for copy in range(copies):
                into = pathlib.Path(work, str(copy))
                into.mkdir()
                for text in texts:
                    shutil.copy(text, into)
            each = seconds(binary, work) / (copies * len(texts))
        print(f"{folder.name:28} {1 / each:14.0f}", flush=True)
        read += len(texts)
        took += each * len(texts)
    print(f"{'all':28} {read / took:14.0f}")


main()
