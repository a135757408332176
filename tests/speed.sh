#!/usr/bin/env bash
# Speed: the instructions of whole commands against the recorded figures, see bench/count.py; how they grow is for
# linear.sh. Usage: tests/speed.sh PLAN
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
plan=$(realpath "${1:-target/debug/plan}")
exec timeout 900 python3 "$here/bench/count.py" "$plan"
