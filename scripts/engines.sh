#!/usr/bin/env bash
# Loads a data set into every engine of docs/engines.md, on every partition scheme, and compares what they see.
#
#     scripts/engines.sh [FILINGS [FOLDER]]
#
# Converts invented filings (400 by default) once a scheme, runs the blocks of docs/engines.md as they stand, and measures every column
# of every table through each engine: its type must be the one that the page promises, its values not null and its total (the exact
# sum of numbers) must be the same in all engines and schemes, and the rows those that the conversion reported.
# Prints a line for each engine and scheme. Needs Python 3, and a Java for Spark. The engines are installed with pip into FOLDER,
# which is kept and used again where it is named. SECTION16_BIN names a program that is built already.
set -euo pipefail
filings=${1:-400}
here=$(cd "$(dirname "$0")/.." && pwd)
work=${2:-}
if [ -z "$work" ]; then
    work=$(mktemp -d "${TMPDIR:-/tmp}/section16-engines.XXXXXX")
    trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
command -v java >/dev/null || { echo "Spark needs Java" >&2; exit 1; }

# Spark has an environment of its own: it does not know pandas 3.
venv() {
    local folder=$1
    shift
    [ -x "$folder/bin/python" ] || python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "$@"
}
venv "$work/venv" duckdb polars pyarrow pandas chdb datafusion
venv "$work/venv-spark" pyspark "pandas<3" pyarrow

"$bin" schema --format json >"$work/schema.json"
rm -rf "$work/edgar" "$work/data"
"$bin" synth --filings "$filings" --issuers 12 --seed 6 --oddity-share 0.1 --duplicate-share 0.1 --loose-share 0.05 --printed-share 0.1 \
    --reject-share 0.05 --container tar.gz --output "$work/edgar" >/dev/null
for scheme in issuer issuer-bucket=4 year none; do
    mkdir -p "$work/data/$scheme"
    "$bin" convert "$work/edgar" -o "$work/data/$scheme/insider" --partition "$scheme" --progress none --report json \
        >"$work/data/$scheme/report.json" || [ $? = 3 ]
done

python3 "$here/scripts/engines_compare.py" "$here/docs/engines.md" "$work"
