#!/usr/bin/env bash
# Tries .pre-commit-hooks.yaml with the real pre-commit, in a repository made for it: a commit that leaves a trace
# passes, one that would leave none is refused.
#
# The hooks that run an installed program are given the one that is already built: TARGET, or `plan` below the target
# folder. With BUILD=1 the hooks are those for which pre-commit builds the program; that takes minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
target=${CARGO_TARGET_DIR:-$here/target}
plan=${TARGET:-$target/debug/plan}
[ -x "$plan" ] || { echo "$plan is not built: run cargo build first" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PRE_COMMIT_HOME="$work/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=manager GIT_AUTHOR_EMAIL=manager@example.org
export GIT_COMMITTER_NAME=manager GIT_COMMITTER_EMAIL=manager@example.org

python3 -m venv "$work/venv"
timeout 180 "$work/venv/bin/pip" install --quiet --disable-pip-version-check 'pre-commit>=4,<5'
mkdir "$work/bin"
ln -s "$plan" "$work/bin/plan"
export PATH="$work/bin:$work/venv/bin:$PATH"

# pre-commit reads the hooks from a repository: one of the file as it stands, committed or not.
git init -q -b main "$work/hooks"
if [ "${BUILD:-}" = 1 ]; then
  (cd "$here" && git ls-files -z | xargs -0 cp --parents -t "$work/hooks")
  kind=
  limit=3600
else
  cp "$here/.pre-commit-hooks.yaml" "$work/hooks"
  kind=-installed
  limit=60
fi
git -C "$work/hooks" add -A
git -C "$work/hooks" commit -q -m hooks
hooks=$(git -C "$work/hooks" rev-parse HEAD)

mkdir -p "$work/board/plans/b"
cd "$work/board"
git init -q -b main
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/hooks
    rev: $hooks
    hooks:
      - {id: plan-validate$kind}
      - {id: plan-against$kind}
CONFIG
cat > plans/b/board.yaml <<BOARD
board: Example Board
groups:
  vemt: {name: VEMT Subgroup}
BOARD
cat > plans/b/plan.yaml <<PLAN
plan: Example Plan
period: 2017-19
adopted: 2017-09-05
priorities:
  - id: 1
    title: Neglect
    owners: [vemt]
    evidence: [VEMT Report]
    actions:
      - {id: 1.1, action: Train staff, timescale: April 2018}
PLAN
git add -A
git commit -q -m "The plan as adopted"
timeout $limit pre-commit install --install-hooks > /dev/null

refused() { # what it must say
  git add -A
  if said=$(git commit -m "$1" 2>&1); then
    echo "not refused: $1" >&2
    exit 1
  fi
  for words in "$1" "^plan [0-9]"; do
    grep -q "$words" <<< "$said" || { echo "$said" >&2; echo "it does not say $words" >&2; exit 1; }
  done
  git reset -q --hard
}

sed -i 's/April 2018/June 2018/' plans/b/plan.yaml
refused baseline-changed
sed -i 's/timescale:/timescal:/' plans/b/plan.yaml
refused unknown-field
git rm -q plans/b/plan.yaml
refused baseline-changed

cat > plans/b/updates.yaml <<UPDATES
updates: VEMT return
plan: plan
date: 2018-03-06
by: vemt
entries:
  - {action: 1.1, timescale: June 2018, reason: The trainer is ill, agreed: board}
UPDATES
git add -A
git commit -q -m "A new deadline, agreed" > "$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
sed -i 's/ill/well/' plans/b/updates.yaml
refused update-rewritten
[ "$(git rev-list --count HEAD)" = 2 ]
echo "pre-commit $(pre-commit --version | cut -d' ' -f2): four commits refused, one accepted"
