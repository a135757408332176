#!/usr/bin/env bash
# The program on a machine on which things go wrong: see faults/faults.py. Usage: tests/faults.sh PLAN
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
plan=$(realpath "${1:-target/release/plan}")
exec timeout 900 python3 "$here/faults/faults.py" "$plan" "$here/../examples"
