#!/usr/bin/env bash
# Builds one target with the stable compiler and runs it. Usage: tests/fuzz/run.sh TARGET [SECONDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$1 seconds=${2:-600}
# What cargo-fuzz asks of the compiler, but for the sanitizers.
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
host=$(rustc -vV | sed -n 's/^host: //p')
built=${CARGO_TARGET_DIR:-$here/../../target/fuzz}
cargo build --release --quiet --manifest-path "$here/Cargo.toml" --target "$host" --target-dir "$built" --bin "$target"
corpus=$built/corpus/$target seeds=$built/seeds/$target
mkdir -p "$corpus" "$seeds"

# What to begin from: the project's own material. The first byte of a document says of which kind it is.
root=$here/../..
seed() { # NAME KIND FILE…: each file, with the sign of its kind before it
  local kind=$1 file
  shift
  for file in "$@"; do { printf '%b' "$kind"; cat "$file"; } >"$seeds/${file##*/}"; done
}
case $target in
  files) seed '' "$root"/plans/*/*.yaml "$root"/examples/exampleshire/*.yaml ;;
  entries) seed '' "$root"/examples/exampleshire/updates/2026-*.yaml "$root"/examples/exampleshire/challenges.yaml ;;
  timescales)
    cut -d'|' -f1 "$here/../timescales.txt" | sed -n 's/ *$//; /^[^#]/p' |
      while IFS= read -r phrase; do printf '%s' "$phrase" >"$seeds/$(printf '%s' "$phrase" | cksum | tr ' ' -)"; done ;;
  imports)
    kind=0
    for ending in docx xlsx ods csv tsv md html txt; do
      for file in "$here"/../fixtures/import/*."$ending"; do [ ! -e "$file" ] || seed "\\x0$kind" "$file"; done
      kind=$((kind + 1))
    done ;;
  forms)
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    cargo build --quiet --manifest-path "$root/Cargo.toml" --target-dir "$built/plain"
    kind=0
    for ending in csv xlsx docx; do
      "$built/plain/debug/plan" chase vemt --plans "$root/plans" --board hartlepool --as-of 2018-05-01 -q -o "$work/form.$ending"
      seed "\\x0$kind" "$work/form.$ending"
      kind=$((kind + 1))
    done ;;
esac

# The fuzzer's own weighing of inputs (entropic) takes nine tenths of the time where code has so many branches.
# Text is read by many commands, each many times a second only where it is short.
longest=16384
[ "$target" != files ] || longest=4096
cd "$built"
"$built/$host/release/$target" "$corpus" "$seeds" -max_total_time="$seconds" -max_len="$longest" -timeout=60 -rss_limit_mb=4096 -entropic=0 \
  -artifact_prefix="$built/found-$target-"
