#!/usr/bin/env bash
# Kills runs at random moments, resumes each until it ends, and compares the bytes with those of runs that were left alone.
#
#     scripts/kill.sh [KILLS [FILINGS [FOLDER]]]
#
# By default 200 kills over 3,000 filings below the system's temporary folder. A round is a new data set, a day that is
# added, and a compaction, each killed with `kill -9` and resumed, maybe more than once. The data set must be sound (`section16
# verify`) and byte for byte that of the undisturbed run. Where Python has duckdb, it reads all tables again and again meanwhile;
# a file that is there and cannot be read, or a filing that is there twice, is an error. SECTION16_SEED repeats the moments,
# SECTION16_BIN names a program that is built already.
set -euo pipefail
kills=${1:-200}
filings=${2:-3000}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${3:-${TMPDIR:-/tmp}}/section16-kill.XXXXXX")
trap 'rm -rf "$work"' EXIT

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
"$bin" synth --filings "$filings" --issuers 60 --seed 7 --container gz --output "$work/edgar" >/dev/null
"$bin" synth --filings "$((filings / 5))" --issuers 60 --seed 8 --container tar.gz --output "$work/day" >/dev/null

python3 - "$bin" "$work" "$kills" "$here/scripts/poll.py" <<'PY'
import atexit, filecmp, os, random, shutil, subprocess, sys, time

program, work, kills, poll = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
chance = random.Random(int(os.environ.get("SECTION16_SEED", "16")))
COMMON = ["--progress", "none", "--report", "json", "--partition", "issuer-bucket=16", "--memory", "4MiB", "--checkpoint", "1MiB"]
quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=work)


def steps(out):
    return [
        ["convert", "edgar", "-o", out, *COMMON],
        ["convert", "day", "-o", out, "--append", *COMMON],
        ["compact", out, "--memory", "4MiB"],
    ]


def run(args):
    begin = time.monotonic()
    done = subprocess.run([program, *args], **quiet)
    if done.returncode not in (0, 3):
        sys.exit(f"section16 {' '.join(args)} ended with {done.returncode}: {done.stderr.decode()}")
    return time.monotonic() - begin


def files(folder):
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            found[os.path.relpath(path, folder)] = path
    found.pop("_section16/lock", None)
    return found


def same(one, other):
    one, other = files(one), files(other)
    differ = set(one) ^ set(other)
    return sorted(differ | {name for name in set(one) & set(other) if not filecmp.cmp(one[name], other[name], False)})


lasted = []
for number, args in enumerate(steps("whole")):
    lasted.append(run(args))
    shutil.copytree(f"{work}/whole", f"{work}/whole-{number}")

poller = None
try:
    import duckdb  # noqa: F401
    poller = subprocess.Popen([sys.executable, poll, f"{work}/out"], stdout=subprocess.PIPE, text=True)
    atexit.register(poller.kill)
except ImportError:
    print("Python has no duckdb: nobody reads meanwhile")

done, rounds, while_killed = 0, 0, [0, 0, 0]
while done < kills:
    rounds += 1
    for number, args in enumerate(steps("out")):
        resume = args if args[0] == "compact" else [*args, "--resume"]
        # Later and later, so that every round comes to its end.
        latest = lasted[number]
        process = subprocess.Popen([program, *args], **quiet)
        while True:
            try:
                code = process.wait(timeout=chance.uniform(0, latest))
                if code not in (0, 3):
                    sys.exit(f"{' '.join(args)} ended with {code}: {process.stderr.read().decode()}")
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                done += 1
                while_killed[number] += 1
                latest *= 1.2
                process = subprocess.Popen([program, *resume], **quiet)
        different = same(f"{work}/whole-{number}", f"{work}/out")
        if different:
            sys.exit(f"after {done} kills, step {' '.join(args)}: other bytes in {different[:5]}")
        run(["verify", "out"])
    shutil.rmtree(f"{work}/out")

told = ", ".join(f"{count} of {name}" for count, name in zip(while_killed, ("convert", "append", "compact")))
print(f"{done} kills ({told}) in {rounds} rounds: the same bytes each time, and verify found nothing")
if poller:
    if poller.poll() is None:
        poller.terminate()
    print(poller.communicate()[0].strip())
    if poller.returncode not in (0, -15):
        sys.exit("the reader found something")
PY
