#!/usr/bin/env bash
# Makes broken and hostile input of every kind at full size, converts each case, and prints a table of what became of it: exit code,
# what was kept, rejects by code or the message, peak memory, time. Fails where that is not what it must be.
#
#     scripts/hostile.sh [PART OF A CASE'S NAME...]
#
# SECTION16_BIN names a program that is built already, TMPDIR the folder for some GiB. Needs Python 3; as root it also fills disks.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/../Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/../target}/release/section16"
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/section16-hostile.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cp "$bin" "$work/section16"
python3 -B "$here/hostile/run.py" "$work/section16" "$work" "$@"
