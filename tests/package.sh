#!/usr/bin/env bash
# What a packager does: the crate holds what it should and nothing else; it installs from a vendored
# tree with no network and no cargo home; by itself, outside the repository, it passes its own tests.
# `tests/package.sh quick` looks at the list and the manual files alone.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_PROFILE_DEV_DEBUG=0
began=$SECONDS

list=$(cargo package --list --allow-dirty 2> /dev/null)
expected='^(\.cargo_vcs_info\.json|Cargo\.(toml|toml\.orig|lock)|README\.md|CHANGELOG\.md|LICENSE|build\.rs|\.vscode/plan\.schema\.json|\.pre-commit-hooks\.yaml|\.github/.*|src/.*|(tests|plans|examples|docs)/.*)$'
if odd=$(grep -Ev "$expected" <<< "$list"); then
  echo "the package holds what nobody expects:"; echo "$odd"; exit 1
fi
for needed in src/main.rs build.rs README.md LICENSE CHANGELOG.md Cargo.lock plans/hartlepool/board.yaml tests/suite/main.rs; do
  grep -qx "$needed" <<< "$list" || { echo "the package lacks $needed"; exit 1; }
done
if scripts=$(grep -E '^tests/.*(\.(sh|py|pyc|js|mjs|ini)|package(-lock)?\.json|requirements\.txt)$' <<< "$list"); then
  echo "the package holds scripts that are for the repository alone:"; echo "$scripts"; exit 1
fi
echo "package: $(wc -l <<< "$list") files"
[ "${1:-}" != quick ] || exit 0

work=$target/package-check
rm -rf "$work/crate" "$work/home" "$work/installed"
mkdir -p "$work/crate/.cargo" "$work/home"
cargo package --quiet --allow-dirty --no-verify --target-dir "$work/packed"
tar -xzf "$work"/packed/package/plan-*.crate -C "$work/crate" --strip-components 1
cargo vendor --locked "$work/vendor" 2> "$work/vendor.log" > "$work/crate/.cargo/config.toml"
echo "vendored: $(ls "$work/vendor" | wc -l) crates, $((SECONDS - began)) s"

# No network, and nothing that this machine's cargo has kept.
export CARGO_HOME="$work/home" CARGO_NET_OFFLINE=true CARGO_TARGET_DIR="$work/target"
cd "$work/crate"
timeout 900 cargo install --quiet --path . --offline --locked --debug --root "$work/installed"
said=$("$work/installed/bin/plan" --version)
[[ "$said" =~ ^plan\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "a package knows no commit, and says: $said"; exit 1; }
"$work/installed/bin/plan" status --as-of 2018-05-01 > "$work/said"
grep -q "OVERDUE  *9 of 49" "$work/said"
echo "installed offline: $said, $((SECONDS - began)) s"

# Of its own tests the whole, with nothing of the repository around it.
timeout 900 cargo test --quiet --offline --locked > "$work/tests.log" 2>&1 || { tail -40 "$work/tests.log"; exit 1; }
echo "its own tests pass: $(grep -c '^test result: ok' "$work/tests.log") files, $((SECONDS - began)) s"
