#!/usr/bin/env bash
# Speed: the instructions of `validate` and `status` against the recorded figures, and what is made to be hard, at one
# size and at four times the size. `tests/bench/count.py` says how the records are written anew.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --quiet
program=$(realpath "${CARGO_TARGET_DIR:-target}")/release/plan
python3 tests/bench/count.py "$program"
python3 tests/bench/growth.py "$program"
