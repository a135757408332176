#!/usr/bin/env bash
# Everything takes time in proportion to what it is given: see linear/linear.py. Usage: tests/linear.sh PLAN
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
plan=$(realpath "${1:-target/release/plan}")
exec timeout 2400 python3 "$here/linear/linear.py" "$plan"
