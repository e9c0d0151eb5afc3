#!/usr/bin/env bash
# Converts the examples, runs every block of SQL of docs/cookbook.md on them, and holds the answers against the page.
#
#     scripts/docs.sh [--update]
#
# --update writes the answers into the page instead. Needs Python 3; duckdb is installed with pip into a temporary folder, or is that of
# the environment whose folder SECTION16_VENV names. SECTION16_BIN names a program that is built already.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/section16-docs.XXXXXX")
trap 'rm -rf "$work"' EXIT

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
venv=${SECTION16_VENV:-}
if [ -z "$venv" ]; then
    venv="$work/venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check duckdb
fi
# The paths of the inputs are columns of the tables.
(cd "$here" && "$bin" convert examples/edgar -o "$work/insider" --progress none >/dev/null) || [ $? = 3 ]
cd "$work"
"$venv/bin/python" "$here/scripts/docs.py" "$here/docs/engines.md" "$here/docs/cookbook.md" "$@"
