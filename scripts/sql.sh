#!/usr/bin/env bash
# Makes the views of `section16 sql` in DuckDB, over a data set of the hand-written filings in tests/sql, under every partition scheme,
# and holds every value, type and name against tests/sql/expected. Fails where anything differs.
#
#     scripts/sql.sh [FOLDER]
#
# FOLDER gets what the views hold, to look at. SECTION16 names the program (by default it is built), PYTHON a Python 3 that has the
# package duckdb (by default a virtual environment is made and the package installed).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${SECTION16:-}" ]; then
    cargo build --quiet --locked --manifest-path "$here/Cargo.toml"
    SECTION16="${CARGO_TARGET_DIR:-$here/target}/debug/section16"
fi
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$work/venv"
    PYTHON="$work/venv/bin/python"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check 'duckdb>=1.2'
fi
for scheme in issuer issuer-bucket=4 year none; do
    # A name that SQL and patterns could take for something else.
    set="$work/it's [a] $scheme *?"
    "$SECTION16" convert "$here"/tests/sql/filings.txt "$here"/tests/sql/bare.xml -o "$set" --partition "$scheme" --progress none >"$work/report"
    "$SECTION16" sql --dialect duckdb "$set" >"$work/views.sql"
    "$PYTHON" -B "$here/scripts/sql/check.py" "$work/views.sql" "$here/tests/sql/expected" "${1:-$work/actual}"
    echo "$scheme: every view as expected"
done
