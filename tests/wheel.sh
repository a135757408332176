#!/usr/bin/env bash
# The wheel: `pipx install plan-….whl` gives the same program. Builds it, installs it where there is no index and no
# Rust, and runs it. Usage: tests/wheel.sh [FOLDER], where the wheel is left. PROFILE and RUST_TARGET say how it is built
# (dev, and this machine's); COMPATIBILITY what maturin says it runs on. Needs cargo, and python3 with venv.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
into=$(realpath -m "${1:-$work/wheels}")
began=$SECONDS

bin=bin
[ "${OS:-}" != Windows_NT ] || bin=Scripts
python=$(command -v python3 || command -v python)
"$python" -m venv "$work/maturin"
timeout 300 "$work/maturin/$bin/pip" install --quiet --disable-pip-version-check maturin==1.9.4
arguments=(build --quiet --locked --bindings bin --profile "${PROFILE:-dev}" --out "$into")
[ -z "${RUST_TARGET:-}" ] || arguments+=(--target "$RUST_TARGET")
# shellcheck disable=SC2206 # several words
[ -z "${COMPATIBILITY:-}" ] || arguments+=(--compatibility $COMPATIBILITY)
timeout 3000 "$work/maturin/$bin/maturin" "${arguments[@]}"
wheel=$(ls "$into"/plan-*.whl)
echo "built: $(basename "$wheel"), $(du -h "$wheel" | cut -f1), $((SECONDS - began)) s"

"$python" -m venv "$work/user"
"$work/user/$bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
said=$("$work/user/$bin/plan" --version)
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
[[ "$said" == "plan $version"* ]] || { echo "the wheel's program says: $said"; exit 1; }
"$work/user/$bin/plan" status --as-of 2018-05-01 > "$work/said"
grep -q "OVERDUE  *9 of 49" "$work/said"
"$work/user/$bin/pip" uninstall --quiet --yes plan
[ ! -e "$work/user/$bin/plan" ]
echo "installed without an index: $said, $((SECONDS - began)) s"
