#!/usr/bin/env bash
# Fuzzes every target for a while, all at once.
#
#     scripts/fuzz.sh [SECONDS [SEEDS]]
#
# By default 600 seconds a target. SEEDS is a folder with a folder of inputs for each target. Needs a nightly toolchain and
# cargo-fuzz. Exit code 0: no finding.
set -euo pipefail
seconds=${1:-600}
seeds=${2:-}
cd "$(dirname "$0")/.."
command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
(cd fuzz && cargo +nightly fuzz build --fuzz-dir .)

code=0
declare -A running
for target in envelope header xml ownership rendered decoders; do
    log="fuzz/target/$target.log"
    (cd fuzz && mkdir -p "corpus/$target" && cargo +nightly fuzz run --fuzz-dir . "$target" "corpus/$target" ${seeds:+"$seeds/$target"} -- \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=20000) >"$log" 2>&1 &
    running[$target]=$!
done
for target in "${!running[@]}"; do
    if wait "${running[$target]}"; then
        echo "$target: $(grep -o 'Done .*' "fuzz/target/$target.log")"
    else
        code=1
        echo "$target: a finding, see fuzz/target/$target.log"
    fi
done
exit $code
