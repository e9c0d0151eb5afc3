#!/usr/bin/env bash
# Makes the views of `section16 sql` in DuckDB, over a data set of the hand-written filings in tests/sql, under every partition scheme,
# and holds every value, type and name against tests/sql/expected. Fails where anything differs.
#
#     scripts/sql.sh [FOLDER]
#
# FOLDER gets what the views hold, to look at. SECTION16_BIN names a program that is built already. Needs Python 3; duckdb is installed with
# pip into a temporary folder, or is that of the environment whose folder SECTION16_VENV names.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/debug/section16"
fi
venv=${SECTION16_VENV:-}
if [ -z "$venv" ]; then
    venv="$work/venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'duckdb>=1.2'
fi
for scheme in issuer issuer-bucket=4 year none; do
    # A name that SQL and patterns could take for something else.
    set="$work/it's [a] $scheme *?"
    "$bin" convert "$here"/tests/sql/filings.txt "$here"/tests/sql/bare.xml -o "$set" --partition "$scheme" --progress none >"$work/report"
    "$bin" sql --dialect duckdb "$set" >"$work/views.sql"
    "$venv/bin/python" -B "$here/scripts/sql/check.py" "$work/views.sql" "$here/tests/sql/expected" "${1:-$work/actual}"
    echo "$scheme: every view as expected"
done
