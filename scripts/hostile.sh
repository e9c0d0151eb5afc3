#!/usr/bin/env bash
# Makes broken and hostile input of every kind at full size, converts each case, and prints a table of what became of it: exit code,
# what was kept, rejects by code or the message, peak memory, time. Fails where that is not what it must be.
#
#     scripts/hostile.sh [PART OF A CASE'S NAME...]
#
# SECTION16 names the program (by default it is built), TMPDIR the folder for some GiB. Needs Python 3; as root it also fills disks.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${SECTION16:-}" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/../Cargo.toml"
    SECTION16="${CARGO_TARGET_DIR:-$here/../target}/release/section16"
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/section16-hostile.XXXXXX")
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cp "$SECTION16" "$work/section16"
python3 -B "$here/hostile/run.py" "$work/section16" "$work" "$@"
