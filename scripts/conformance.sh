#!/usr/bin/env bash
# Converts a corpus of filings, compares the result with its expected values, and checks that packing changes no row.
#
#     scripts/conformance.sh CORPUS CONFORMANCE
#
# CORPUS is a folder of filings. CONFORMANCE holds expected.jsonl and compare.py. Exit code 0: every value equal.
set -euo pipefail
corpus=$1
conformance=$2
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb pytz

# Rows of filings without an accession number are compared by issuer. Printed ones of them, for which there are no expected rows,
# would count as rows too many.
cp -rs "$(realpath "$corpus")" "$work/corpus"
"$work/venv/bin/python" - "$conformance/expected.jsonl" "$work/corpus" <<'END'
import json, os, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record.get("unsupported") and record["accession_number"] is None:
        for source in record["sources"]:
            os.remove(os.path.join(sys.argv[2], source["source_path"]))
END

code=0
"$bin" convert "$work/corpus" -o "$work/out" --progress none || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
    echo "convert ended with $code"
    exit 1
fi
"$work/venv/bin/python" "$conformance/compare.py" "$work/out" "$conformance/expected.jsonl" --report "$work/report.txt" \
    >/dev/null || code=$?
tail -n 20 "$work/report.txt"
grep -q ' wrong 0 missing 0 extra 0 filings ' "$work/report.txt"
"$work/venv/bin/python" "$here/scripts/repack.py" "$bin" "$corpus"
