#!/usr/bin/env bash
# Puts the program into the folder TO: from the release of the action's own tag, if its checksum is right; where there
# is no such release or none for this machine, built from the action's own source, which needs Rust.
# A wrong checksum ends it: what is not what was released is neither run nor built around.
# RELEASES is the address of the release's files.
set -euo pipefail
to=${TO:?}
source=$(cd "$(dirname "$0")/../../.." && pwd)

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
  Linux-X64) name=plan-x86_64-unknown-linux-gnu.tar.gz ;;
  Linux-ARM64) name=plan-aarch64-unknown-linux-gnu.tar.gz ;;
  macOS-ARM64) name=plan-aarch64-apple-darwin.tar.gz ;;
  macOS-X64) name=plan-x86_64-apple-darwin.tar.gz ;;
  Windows-X64) name=plan-x86_64-pc-windows-msvc.zip ;;
  *) name= ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch() {
  curl --fail --silent --show-error --location --retry 3 --max-time 300 --output "$work/$1" "$RELEASES/$1"
}
sum() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

if [ -n "$name" ] && [ -n "${RELEASES:-}" ] && fetch SHA256SUMS && fetch "$name"; then
  said=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$name\$/\1/p" "$work/SHA256SUMS")
  if [ -z "$said" ] || [ "$said" != "$(sum "$work/$name")" ]; then
    echo "$RELEASES/$name is not what SHA256SUMS beside it says; nothing was installed" >&2
    exit 1
  fi
  cd "$work"
  case "$name" in
    *.zip) unzip -q "$name" ;;
    *) tar -xzf "$name" ;;
  esac
  mkdir -p "$to"
  cp "${name%%.*}"/plan* "$to"
  echo "installed from $RELEASES/$name"
else
  echo "there is no release for this machine at ${RELEASES:-(no address)}: building from source"
  cargo install --locked --root "$work/built" --path "$source"
  mkdir -p "$to"
  cp "$work"/built/bin/plan* "$to"
fi
"$to/plan" --version
