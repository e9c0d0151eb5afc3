#!/usr/bin/env bash
# Shows that rates, memory and bytes a filing do not depend on how much there is, what a file costs, and what EDGAR's whole history would
# take: converts archives of invented filings of several sizes by issuer, into buckets of issuers, and whole.
#
#     scripts/scale.sh [--filings N,N,...] [--issuers M,M,...] [--container C] [--archive DIR] [--outputs DIR,DIR]
#                      [--repeat N] [--folder DIR]
#
# By default 10,000 and 100,000 filings of 5,000 and 15,000 issuers, in tar.gz of 10,000, below the system's temporary folder. --archive
# names a further archive that is there. Data sets are written to each of the outputs: by default memory (/dev/shm) and that folder, so
# that the difference is what the disk takes. The smallest archive is also converted with other threads and a small budget, and the
# bytes are compared. Measure on a machine that does nothing else.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
exec python3 "$here/scripts/bench/scale.py" "$bin" "$@"
