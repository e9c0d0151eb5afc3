#!/bin/sh
# Makes examples/edgar again: small archives of invented filings, one of every container.
# The test `examples_are_what_their_options_make` checks that these commands still give the committed bytes.
set -eu
cd "$(dirname "$0")/.."
rm -rf examples/edgar

synth() {
    cargo run --quiet --release -- synth --issuers 6 --oddity-share 0.2 --duplicate-share 0.2 --loose-share 0.05 --printed-share 0.1 \
        --reject-share 0.1 --correction-share 0.1 --other-share 0.08 "$@"
}

synth --container plain --filings 12 --seed 29 --output examples/edgar/plain
synth --container gz --filings 16 --seed 34 --output examples/edgar/gz
synth --container zip --filings 30 --seed 3 --output examples/edgar/zip
synth --container tar.gz --filings 40 --seed 4 --output examples/edgar/tar.gz
synth --container nc.tar.gz --filings 36 --seed 5 --filings-per-archive 9 --output examples/edgar/nc.tar.gz
