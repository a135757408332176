#!/usr/bin/env bash
# Makes every report of every board as an HTML page, and looks at the pages in a browser
# (tests/pages/check.js). Needs cargo and node; installs Debian's Chromium where it is missing and may.
# Usage: tests/pages.sh [FOLDER], the folder in which the pages are left.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pages=${1:-$work/pages}
mkdir -p "$pages"
rm -f "$pages"/*.html

if ! command -v chromium >/dev/null; then
  if [ "$(id -u)" != 0 ]; then
    echo "tests/pages.sh needs Chromium: apt-get install chromium" >&2
    exit 1
  fi
  timeout 120 apt-get update -qq
  timeout 600 apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi

cargo build --quiet
plan=${CARGO_TARGET_DIR:-target}/debug/plan

# A page with everything in it, which a unit test writes.
PLAN_GALLERY=$(realpath "$pages")/gallery.html cargo test --quiet --lib html::tests >/dev/null

# The kinds are read from the program, so that a new one is looked at as well.
kinds=$("$plan" report --help | sed -n '/^Arguments/,/^Options/s/^ *- \([a-z-]*\): .*/\1/p' | sort -u)
grep -q work-plan <<<"$kinds"

make() { # NAME ARGUMENTS…: a page, which must be a whole one
  local name=$1 exit=0
  shift
  timeout 60 "$plan" "$@" --color never -o "$pages/$name.html" || exit=$?
  if [ "$exit" != 0 ] || [ ! -s "$pages/$name.html" ]; then
    echo "plan $* made no page ($exit)" >&2
    exit 1
  fi
}
for root in plans examples; do
  [ -d "$root" ] || continue
  # Several boards on one page.
  make "$root-estate" report estate --plans "$root" --as-of 2018-05-01
  make "$root-status" status --plans "$root" --as-of 2018-05-01
  for board in "$root"/*/board.yaml; do
    board=$(basename "$(dirname "$board")")
    # A day in the plan's time, and a day after it.
    case $board in
      hartlepool) day=2018-05-01 ;;
      hampshire) day=2019-10-01 ;;
      exampleshire) day=2026-03-10 ;;
      *) day= ;;
    esac
    here=(--plans "$root" --board "$board" ${day:+--as-of "$day"})
    for kind in $kinds; do
      make "$board-$kind" report "$kind" "${here[@]}"
    done
    make "$board-status" status "${here[@]}"
    make "$board-list" list "${here[@]}"
  done
done

cp tests/pages/package.json tests/pages/package-lock.json tests/pages/check.js "$work"
(cd "$work" && timeout 120 npm ci --silent --ignore-scripts --no-audit --no-fund)
timeout 900 node "$work/check.js" "$pages" "$(command -v chromium)"
