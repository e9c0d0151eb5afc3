#!/usr/bin/env bash
# Reads printed forms of which the truth is known, and scores what was read.
#
#     scripts/printed.sh RENDERED
#
# RENDERED holds score.py, a folder holdout/ with truth/ and one folder of texts for each converter, and seeds/ with truth/. Prints
# right, missed and wrong values, precision and recall of each folder. A text that is not taken for a form counts as read empty. Exit
# code 1: the program failed, or a value of the seeds is wrong. How fast they are read, printed_speed.py tells.
set -euo pipefail
rendered=$1
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet --locked --manifest-path "$here/Cargo.toml"
bin="${CARGO_TARGET_DIR:-$here/target}/release/section16"

# read FOLDER TRUTH: what the program reads from each text, and its score.
read_folder() {
    local name out
    name=$(basename "$1")
    out="$work/$name"
    mkdir -p "$out"
    for text in "$1"/*.txt; do
        "$bin" inspect --json "$text" >"$out/$(basename "${text%.txt}").json" 2>"$work/said" || [ $? = 3 ] || {
            cat "$work/said"
            exit 1
        }
    done
    python3 "$rendered/score.py" --truth "$2" --pred "$out" --texts "$1" --fields >"$work/$name.score"
    printf '%-28s%s\n' "$name" "$(grep '^ALL' "$work/$name.score" | cut -c15-)"
}

printf '%-28s%s\n' folder "$(printf '%7s%8s%7s%8s%9s%8s%9s%11s%9s%9s' right missed wrong prec% recall% wrong% inText% 'rec|inText' faithful invented)"
for folder in "$rendered"/holdout/*/; do
    [ "$(basename "$folder")" = truth ] || read_folder "${folder%/}" "$rendered/holdout/truth"
done
read_folder "$rendered/seeds" "$rendered/seeds/truth"
grep -E '^repairs' "$work/seeds.score"
wrong=$(awk '/^ALL/ { print $4 }' "$work/seeds.score")
[ "$wrong" = 0 ] || { echo "the seeds gave $wrong wrong values"; exit 1; }
