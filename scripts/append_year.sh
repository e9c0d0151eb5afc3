#!/usr/bin/env bash
# Adds a year of days to a data set, one run a day, compacts it, and compares the rows with those of one run over everything.
#
#     scripts/append_year.sh [DAYS [FILINGS A DAY [FOLDER]]]
#
# By default 365 days of 40 invented filings below the system's temporary folder, split by year of filing and into 16 buckets of
# issuers. Prints a table for each split. The rows of each folder must be the same, in the same order; Python with pyarrow or duckdb
# compares them, else the bytes of the merged files are compared, which is stricter. SECTION16_BIN names a program that is built
# already.
set -euo pipefail
days=${1:-365}
filings=${2:-40}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${3:-${TMPDIR:-/tmp}}/section16-year.XXXXXX")
trap 'rm -rf "$work"' EXIT

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
# One archive a day of one made-up year, so that issuers and accession numbers are those of one world.
"$bin" synth --filings "$((days * filings))" --issuers 100 --seed 9 --years 2024-2025 --container tar.gz \
    --filings-per-archive "$filings" --duplicate-share 0.05 --reject-share 0.01 --output "$work/days" >/dev/null

python3 - "$bin" "$work" "$days" <<'PY'
import json, os, subprocess, sys, time

program, work, wanted = sys.argv[1], sys.argv[2], int(sys.argv[3])
days = sorted(os.path.join(parent, name) for parent, _, names in os.walk(f"{work}/days") for name in names)
days, rest = days[: wanted - 1], days[wanted - 1 :]
batches = [[day] for day in days] + [rest]


def run(*args):
    """Runs the program; its report and seconds."""
    begin = time.monotonic()
    done = subprocess.run([program, *args], cwd=work, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"section16 {' '.join(args)} ended with {done.returncode}: {done.stderr}")
    return done.stdout, time.monotonic() - begin


def files(folder):
    """The files with rows by folder, in the order of their numbers."""
    found = {}
    with open(f"{work}/{folder}/_section16/files.jsonl") as lines:
        for line in map(json.loads, lines):
            if line["rows"]:
                found.setdefault(os.path.dirname(line["path"]), []).append(f"{work}/{folder}/{line['path']}")
    return found


def rows(paths):
    """The rows of files one after another, in an order of their own, or None where nothing can read them."""
    try:
        import pyarrow.parquet
        return [row for path in paths for row in pyarrow.parquet.ParquetFile(path).read().to_pylist()]
    except ImportError:
        pass
    try:
        import duckdb
        return [row for path in paths for row in duckdb.execute("SELECT * FROM read_parquet(?)", [path]).fetchall()]
    except ImportError:
        return [open(path, "rb").read() for path in paths]


print("| split | days | first append | last append | files before | compact | files after | one run | its files | rows | equal |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
all_equal = True
for split in ("year", "issuer-bucket=16"):
    common = ["--progress", "none", "--report", "json", "--partition", split]
    once, daily = f"once-{split}", f"daily-{split}"
    report, whole = run("convert", *days, *rest, "-o", once, *common)
    seconds = [run("convert", *day, "-o", daily, "--append", *common)[1] for day in batches]
    before = sum(map(len, files(daily).values()))
    compacting = run("compact", daily)[1]
    run("verify", daily)
    one, other = files(once), files(daily)
    equal = one.keys() == other.keys() and all(rows(one[name]) == rows(other[name]) for name in one)
    all_equal &= equal
    count = sum(table["rows"] for table in json.loads(report)["tables"].values())
    print(f"| {split} | {len(batches)} | {seconds[0]:.2f} s | {seconds[-1]:.2f} s | {before:,} | {compacting:.1f} s | "
          f"{sum(map(len, other.values())):,} | {whole:.1f} s | {sum(map(len, one.values())):,} | {count:,} | {'yes' if equal else 'NO'} |", flush=True)
sys.exit(0 if all_equal else 1)
PY
