#!/usr/bin/env bash
# The completions in real shells on a terminal (bash, zsh, fish), and the manual pages in a real
# formatter. What is not installed is named and not tried; CI installs all of it.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
target=${CARGO_TARGET_DIR:-target}
if [ -z "${PLAN_BINARY:-}" ]; then
  cargo build --quiet --bin plan
  PLAN_BINARY=$(realpath "$target")/debug/plan
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/there"
ln -s "$PLAN_BINARY" "$work/bin/plan"
cp -r plans "$work/there/plans"
export PATH="$work/bin:$PATH"
cd "$work/there"
missing=()

# What is typed, and what must be shown behind it: commands, options, ids, groups, boards, plans.
tries=(
  "plan st|status"
  "plan validate --st|strict"
  "plan show 2.2.|2.2.3 2.2.4a"
  "plan list --owner da-|da-subgroup"
  "plan status --board ha|hartlepool hampshire"
  "plan list --plan wor|work-plan-2017-19"
  "plan explain not-a|not-agreed not-adopted"
)
for shell in bash zsh; do
  if ! command -v "$shell" > /dev/null; then
    missing+=("$shell")
    continue
  fi
  plan completions "$shell" > "$work/script.$shell"
  for try in "${tries[@]}"; do
    read -ra expected <<< "${try#*|}"
    timeout 40 python3 "$repository/tests/shell/press_tab.py" "$shell" "$work/there" "$work/script.$shell" "${try%%|*}" "${expected[@]}"
  done
  echo "$shell: ${#tries[@]} completions are right"
done
if command -v fish > /dev/null; then
  plan completions fish > "$work/script.fish"
  for try in "${tries[@]}"; do
    shown=$(HOME=$work timeout 20 fish --no-config -c "source $work/script.fish; complete -C '${try%%|*}'")
    for word in ${try#*|}; do
      grep -q -- "$word" <<< "$shown" || { echo "fish: \`${try%%|*}\` shows no $word: $shown"; exit 1; }
    done
  done
  echo "fish: ${#tries[@]} completions are right"
else
  missing+=(fish)
fi
if command -v pwsh > /dev/null; then
  plan completions powershell > "$work/script.ps1"
  timeout 60 pwsh -NoProfile -Command ". $work/script.ps1; (TabExpansion2 'plan show 2.2.' 14).CompletionMatches.CompletionText" | grep 2.2.3 > /dev/null
  echo "powershell: completions are right"
else
  missing+=(powershell)
fi

plan man -o "$work/man"
for page in "$work"/man/*.1; do
  name=$(basename "$page" .1)
  if command -v mandoc > /dev/null; then
    # Style and empty paragraphs are the generator's; errors would be ours.
    mandoc -T lint -W error "$page"
    mandoc -T utf8 "$page" | grep "$name" > /dev/null
  else
    [[ " ${missing[*]} " = *" mandoc "* ]] || missing+=(mandoc)
  fi
done
for command in $(plan --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
  [ "$command" = help ] || [ -s "$work/man/plan-$command.1" ] || { echo "no page for $command"; exit 1; }
done
echo "man: $(ls "$work/man" | wc -l) pages"
[ "${#missing[@]}" = 0 ] || echo "NOT TRIED, because not installed: ${missing[*]}"
