#!/usr/bin/env bash
# The recipes of docs/data.md, run as they stand there with DuckDB on the example board's history, and held against
# `plan list` of the same days: see data/check.py. Usage: tests/data.sh PLAN
set -euo pipefail
cd "$(dirname "$0")/.."
plan=$(realpath "${1:-target/debug/plan}")
tools="${CARGO_TARGET_DIR:-target}/data-tools"
if ! "$tools/bin/python" -c 'import duckdb' 2>/dev/null; then
  python3 -m venv "$tools"
  timeout 300 "$tools/bin/pip" install --quiet --disable-pip-version-check -r tests/data/requirements.txt
fi
timeout 300 "$tools/bin/python" tests/data/check.py "$plan"
