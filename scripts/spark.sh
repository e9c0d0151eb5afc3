#!/usr/bin/env bash
# Runs the Spark job on a cluster of two executors, kills one in the middle of a task, and compares with a run of `convert`.
#
#     scripts/spark.sh [FOLDER [SCHEME...]]
#
# SCHEME is that of --partition; without any, all four are tried one after another (`issuer-bucket=4` of the buckets). The data set of each
# is written over that of the one before. For each scheme it
#   * starts the job on local-cluster[2,1,1024]: a driver, and two executors that are processes of their own;
#   * waits until a task has passed on some megabytes of its rows and stands still, and kills its executor by its process id;
#   * looks up in the job's log that the task was lost and run again;
#   * compares every table with that of `convert`: columns, types, rows (EXCEPT ALL both ways), folders, order; and the report.
# At last a run that finds no filing is compared, and one that would replace a data set unasked must be refused.
# Needs Python 3 and a Java of 17 or later. pyspark, pyarrow and duckdb are installed with pip into FOLDER, which is kept and used again
# where it is named. SECTION16_BIN names a program that is built already.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-}
if [ -z "$work" ]; then
    work=$(mktemp -d "${TMPDIR:-/tmp}/section16-spark.XXXXXX")
    trap 'rm -rf "$work"' EXIT
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)
if [ $# -gt 1 ]; then schemes=("${@:2}"); else schemes=(issuer issuer-bucket=4 year none); fi

bin=${SECTION16_BIN:-}
if [ -z "$bin" ]; then
    cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
    bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"
fi
bin=$(realpath "$bin")
command -v java >/dev/null || { echo "Spark needs Java" >&2; exit 1; }

# Spark does not know pandas 3.
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pyspark "pandas<3" pyarrow duckdb
export PYSPARK_PYTHON="$work/venv/bin/python"
# The package of pip is a whole distribution, but for a name of its own.
SPARK_HOME=$("$PYSPARK_PYTHON" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1

cd "$here/integrations/spark"
PYTHONDONTWRITEBYTECODE=1 "$PYSPARK_PYTHON" test_section16_spark.py 2>&1 | tail -n 1 | sed 's/^/tests without a cluster: /'

# Archives, loose files, a second copy of some of both under names that come first and last, and what must be rejected.
if [ ! -d "$work/edgar" ]; then
    rm -rf "$work/edgar.new"
    shares=(--oddity-share 0.1 --duplicate-share 0.1 --loose-share 0.02 --printed-share 0.05 --reject-share 0.03 --other-share 0.3)
    "$bin" synth --filings 4800 --issuers 25 --seed 61 --container tar.gz --filings-per-archive 1200 "${shares[@]}" --output "$work/edgar.new/archives" >/dev/null
    "$bin" synth --filings 300 --issuers 10 --seed 62 --container plain "${shares[@]}" --output "$work/edgar.new/loose" >/dev/null
    "$bin" synth --filings 300 --issuers 10 --seed 62 --container zip "${shares[@]}" --output "$work/edgar.new/zip" >/dev/null
    cd "$work/edgar.new"
    cp archives/edgar-00003.tar.gz a-copy.tar.gz
    cp archives/edgar-00001.tar.gz z-copy.tar.gz
    head -c 100000 archives/edgar-00002.tar.gz >cut.tar.gz
    ln -s nowhere.txt nowhere
    ln -s archives linked
    mv "$work/edgar.new" "$work/edgar"
fi

submit() {
    "$SPARK_HOME/bin/spark-submit" --master 'local-cluster[2,1,1024]' --conf spark.sql.shuffle.partitions=4 --conf spark.ui.enabled=false \
        "$here/integrations/spark/section16_spark.py" "$work/edgar" --group-mib 1 --report json -o "$work/spark" "$@"
}

convert() {
    rm -rf "$work/converted"
    "$bin" convert "$work/edgar" -o "$work/converted" --progress none --report json "$@" >"$work/converted.json" || [ $? = 3 ]
}

compare() {
    "$PYSPARK_PYTHON" "$here/scripts/spark/compare.py" "$work/converted" "$work/converted.json" "$work/spark" "$work/spark.json" || failed=1
    local left
    left=$(find "$work/spark" -mindepth 1 -maxdepth 1 -name '_*')
    echo "  staging: ${left:-nothing is left}"
    [ -z "$left" ] || failed=1
}

rm -rf "$work/spark"
failed=0
overwrite=()
for scheme in "${schemes[@]}"; do
    echo "$scheme"
    rm -rf "$work/standstill"
    convert --partition "$scheme"
    SECTION16_BIN="$here/scripts/spark/standstill.py" REAL_SECTION16="$bin" STANDSTILL="$work/standstill" BEFORE_STANDSTILL=2500000 \
        submit --partition "$scheme" "${overwrite[@]}" >"$work/spark.json" 2>"$work/spark.log" &
    job=$!
    "$PYSPARK_PYTHON" "$here/scripts/spark/kill.py" "$job" "$work/standstill" | sed 's/^/  /' || failed=1
    wait "$job" || { echo "  the job failed: $(tail -n 3 "$work/spark.log")"; exit 1; }
    lost=$(grep -m 1 -o 'Lost task .* ExecutorLostFailure ([^)]*)' "$work/spark.log" || true)
    echo "  log: ${lost:-no task was lost}"
    [ -n "$lost" ] || failed=1
    compare
    overwrite=(--overwrite)
done

echo "no filing"
convert --issuer 1
SECTION16_BIN="$bin" submit --overwrite -- --issuer 1 >"$work/spark.json" 2>"$work/spark.log" || { echo "  the job failed: $(tail -n 3 "$work/spark.log")"; exit 1; }
compare

echo "without --overwrite"
before=$(find "$work/spark" -type f | sort | xargs cksum | cksum)
if SECTION16_BIN="$bin" submit >"$work/refused" 2>"$work/spark.log"; then failed=1; fi
# spark-submit prints on standard output what the job says on standard error.
grep '^section16_spark: ' "$work/refused" | sed 's/^/  /' || { echo "  the job was not refused"; failed=1; }
[ "$before" = "$(find "$work/spark" -type f | sort | xargs cksum | cksum)" ] || { echo "  and the data set has changed"; failed=1; }
if [ "$failed" = 0 ]; then echo "all is well"; fi
exit "$failed"
