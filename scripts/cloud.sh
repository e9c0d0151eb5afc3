#!/usr/bin/env bash
# Runs section16 against an S3 server on this machine (moto), and prints a line a check.
#
#     scripts/cloud.sh [FILINGS]
#
# By default 2,000 filings in each of two archives. Checks that what lies in the store has the bytes of a run on disk, that rows are the same where the
# input lies there, that killed uploads are resumed, that data sets grow and are replaced, that other objects are left alone, and
# that answers of 503 and lines that break are survived. Needs Python 3; moto, boto3 and pyarrow are installed with pip into a temporary
# folder, or are those of the environment whose folder SECTION16_VENV names. SECTION16_BIN names a program that is built already.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/section16-cloud.XXXXXX")
trap 'rm -rf "$work"' EXIT

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --features cloud --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
venv=${SECTION16_VENV:-}
if [ -z "$venv" ]; then
    venv="$work/venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'moto[server]' boto3 pyarrow
fi
"$venv/bin/python" "$here/scripts/cloud/checks.py" "$(realpath "$bin")" "$work" "${1:-2000}"
