#!/usr/bin/env bash
# Fuzzes every target for a while, one beside another, and prints a table: executions, coverage, findings.
#
#     scripts/fuzz.sh [SECONDS [TARGET...]]
#
# By default 600 seconds a target, all targets, as many at once as there are cores (JOBS says otherwise). Each begins with the
# inputs in fuzz/seeds (made by scripts/fuzz_seeds.py) and what it found before, in fuzz/corpus. Needs a nightly toolchain and
# cargo-fuzz. Exit code 0: no finding.
set -euo pipefail
seconds=${1:-600}
shift || true
cd "$(dirname "$0")/../fuzz"
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(seeds/*)
targets=("${targets[@]#seeds/}")
command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
mkdir -p target
for target in "${targets[@]}"; do
    mkdir -p "corpus/$target"
    cargo +nightly fuzz build --fuzz-dir . "$target"
done

fuzz() {
    cargo +nightly fuzz run --fuzz-dir . "$1" "corpus/$1" "seeds/$1" -- -max_total_time="$seconds" -timeout=20 \
        -rss_limit_mb=4096 -max_len=20000 -print_final_stats=1 >"target/$1.log" 2>&1 || touch "target/$1.failed"
}

for target in "${targets[@]}"; do
    rm -f "target/$target.failed"
    while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-$(nproc)}" ]; do wait -n; done
    fuzz "$target" &
done
wait

code=0
printf '| target | executions | coverage | findings |\n|---|---|---|---|\n'
for target in "${targets[@]}"; do
    log="target/$target.log"
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    coverage=$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)
    findings=0
    if [ -e "target/$target.failed" ]; then
        findings="see fuzz/$log"
        code=1
    fi
    echo "| $target | ${executions:-none} | ${coverage#cov: } | $findings |"
done
exit $code
