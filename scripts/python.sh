#!/usr/bin/env bash
# Builds the Python package, installs it into a clean environment, and runs its tests there.
#
#     scripts/python.sh [PROFILE]
#
# PROFILE is cargo's, `release` unless it is named; `dev` builds faster. Needs Python 3 with pip.
set -euo pipefail
profile=${1:-release}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/section16-python.XXXXXX")
trap 'rm -rf "$work"' EXIT
unset SECTION16_BIN PYTHONPATH

python3 -m venv "$work/build"
"$work/build/bin/pip" install --quiet --disable-pip-version-check "maturin>=1.7,<2"
"$work/build/bin/maturin" build --quiet --locked --profile "$profile" --manifest-path "$here/Cargo.toml" --out "$work/wheels"
ls "$work/wheels"

python3 -m venv "$work/clean"
"$work/clean/bin/pip" install --quiet --disable-pip-version-check "$work"/wheels/*.whl pytest
cd "$work"
"$work/clean/bin/section16" --version
"$work/clean/bin/python" -m pytest -q -p no:cacheprovider "$here/python/tests"
