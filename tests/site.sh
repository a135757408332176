#!/usr/bin/env bash
# Makes Exampleshire's site and looks at it in a browser (tests/pages/site.js): every page, from its folder and
# with nothing else to be had; and the ways that a visitor goes. Needs cargo, node and Debian's Chromium.
# Usage: tests/site.sh [FOLDER], the folder in which the site is left.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
site=${1:-$work/site}
command -v chromium >/dev/null || { echo "tests/site.sh needs Chromium: apt-get install chromium" >&2; exit 1; }

cargo build --quiet
plan=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/plan
"$plan" site --plans examples --as-of 2026-03-10 -o "$site"

cp tests/pages/package.json tests/pages/package-lock.json tests/pages/site.js "$work"
(cd "$work" && timeout 120 npm ci --silent --ignore-scripts --no-audit --no-fund)
timeout 1200 node "$work/site.js" "$site" "$(command -v chromium)"
