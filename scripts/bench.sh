#!/usr/bin/env bash
# Compares section16 with decompression alone, with a careful lxml -> pyarrow -> Parquet script, and with edgartools and datamule, over
# the same invented filings, in one run on one machine, and prints tables of ratios.
#
#     scripts/bench.sh [--printed-share SHARE] [FILINGS [ISSUERS [FOLDER]]]
#
# By default 100,000 filings of 5,000 issuers below the system's temporary folder; data sets are written to memory where /dev/shm is
# there. Of the filings 1 % are printed as text or HTML, as those before XML are, and take many times as long as others. One row is
# measured without them; with --printed-share 0 all are. Installs the Python packages it compares with, each into an environment of its
# own in that folder; without them it leaves them out. Measure on a machine that does nothing else.
set -euo pipefail
printed=0.01
if [ "${1:-}" = --printed-share ]; then
    printed=$2
    shift 2
fi
filings=${1:-100000}
issuers=${2:-5000}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${3:-${TMPDIR:-/tmp}}/section16-bench.XXXXXX")
trap 'rm -rf "$work" /dev/shm/section16-bench-*' EXIT

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
peers=${SECTION16_PEERS:-$work/peers}
install() {
    name=$1
    shift
    [ -x "$peers/$name/bin/python" ] && return
    mkdir -p "$peers"
    python3 -m venv "$peers/$name" && "$peers/$name/bin/pip" install --quiet --disable-pip-version-check "$@" || rm -rf "${peers:?}/$name"
}
install lxml lxml pyarrow
install edgartools edgartools
install datamule datamule
python3 "$here/scripts/bench/run.py" "$bin" "$filings" "$issuers" "$work" "$peers" "$printed"
