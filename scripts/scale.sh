#!/usr/bin/env bash
# Converts an archive of invented filings with 1 and 2 threads and with a small budget, compares the bytes of the data sets, and
# prints time and peak memory of each run.
#
#     scripts/scale.sh [FILINGS [ISSUERS [CONTAINER [FOLDER]]]]
#
# By default 100,000 filings of 5,000 issuers as .gz files below the system's temporary folder. Needs GNU time.
set -euo pipefail
filings=${1:-100000}
issuers=${2:-5000}
container=${3:-gz}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${4:-${TMPDIR:-/tmp}}/section16-scale.XXXXXX")
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
"$bin" synth --filings "$filings" --issuers "$issuers" --seed 7 --container "$container" --output "$work/edgar" >/dev/null

convert() {
    name=$1
    shift
    code=0
    /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$bin" convert "$work/edgar" -o "$work/$name" --progress none --report json "$@" \
        >"$work/$name.json" || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { echo "convert $* ended with $code"; exit 1; }
    python3 - "$work/$name.json" "$name" $(tail -n 1 "$work/time") <<'PY'
import json, sys
report = json.load(open(sys.argv[1]))
wall, user, system, peak = map(float, sys.argv[3:])
rows = sum(t["rows"] for t in report["tables"].values())
print(f"{sys.argv[2]:12} {report['filings']} filings, {rows} rows, {sum(t['files'] for t in report['tables'].values())} files; "
      f"wall {wall:.2f} s, CPU {user + system:.2f} s, {report['filings'] / wall:.0f} filings/s, "
      f"{report['bytes_decompressed'] / wall / 1e6:.0f} MB/s, peak {peak / 1024:.0f} MiB, spilled {report['bytes_spilled'] / 1e6:.0f} MB")
PY
}

same() {
    diff -r -x _section16 "$work/$1" "$work/$2" >/dev/null && echo "$1 and $2: the same bytes" || { echo "$1 and $2 differ"; exit 1; }
}

convert one --threads 1
convert two --threads 2
convert small --threads 2 --memory 16MiB
same one two
same one small
convert buckets --threads 2 --partition issuer-bucket=64
convert whole --threads 2 --partition none
