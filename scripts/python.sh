#!/usr/bin/env bash
# Builds the Python package, as a wheel and as a source distribution, and tries each in a clean environment.
#
#     scripts/python.sh [PROFILE]
#
# PROFILE is cargo's, `release` unless it is named; `dev` builds faster. The source distribution is built by pip, as a user's would be. Both
# must hold what they should and nothing else, put the program on the path, and pass the tests of python/tests. Needs Python 3 with
# pip and a Rust toolchain.
set -euo pipefail
profile=${1:-release}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/section16-python.XXXXXX")
trap 'rm -rf "$work"' EXIT
unset SECTION16_BIN PYTHONPATH
export PYTHONDONTWRITEBYTECODE=1
# What was compiled once need not be compiled again.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$here/target}"
export MATURIN_PEP517_ARGS="--profile $profile"

python3 -m venv "$work/build"
"$work/build/bin/pip" install --quiet --disable-pip-version-check "maturin>=1.16,<2"
"$work/build/bin/maturin" build --quiet --locked --profile "$profile" --manifest-path "$here/Cargo.toml" --out "$work/dist"
"$work/build/bin/maturin" sdist --manifest-path "$here/Cargo.toml" --out "$work/dist" 2>"$work/sdist.log" || { cat "$work/sdist.log"; exit 1; }
"$work/build/bin/python" "$here/scripts/python_contents.py" "$work"/dist/*.whl "$work"/dist/*.tar.gz

try() {
    local venv="$work/$1" package=$2
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$package" pytest
    cd "$venv"
    (. bin/activate && test "$(command -v section16)" = "$venv/bin/section16" && section16 --version)
    bin/python -m pytest -q -p no:cacheprovider "$here/python/tests"
}

try from-wheel "$work"/dist/*.whl
try from-source "$work"/dist/*.tar.gz
echo "all is well"
