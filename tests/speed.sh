#!/usr/bin/env bash
# Speed: the instructions of `validate` and `status` against the recorded figures. `tests/bench/count.py` says how
# the records are written anew; how they grow is for `tests/linear.sh`.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --quiet
program=$(realpath "${CARGO_TARGET_DIR:-target}")/release/plan
python3 tests/bench/count.py "$program"
