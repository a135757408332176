#!/usr/bin/env bash
# Posts `plan diff` as the one comment of a pull request, and writes it anew each time.
# Takes AGAINST, REPOSITORY, NUMBER, GH_TOKEN and PLAN_ROOT from the environment.
set -euo pipefail
plan=${PLAN:-$HOME/.plan-action/bin/plan}
mark='<!-- plan diff -->'
body=$(mktemp)
trap 'rm -f "$body"' EXIT
# An incomplete answer (exit code 2) says so itself, in its first line; where there is none, nothing is posted.
text=$("$plan" diff "$AGAINST" -O markdown) || [ -n "$text" ]
# GitHub takes 65,536 characters.
if [ "${#text}" -gt 60000 ]; then
  text="${text:0:60000}"$'\n\n'"… the rest is too long for a comment: see \`plan diff $AGAINST\`."
fi
printf '%s\n%s\n' "$mark" "$text" > "$body"
known=$(gh api --paginate "repos/$REPOSITORY/issues/$NUMBER/comments" \
  --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -n 1)
if [ -n "$known" ]; then
  gh api --silent --method PATCH "repos/$REPOSITORY/issues/comments/$known" -F body=@"$body"
else
  gh api --silent --method POST "repos/$REPOSITORY/issues/$NUMBER/comments" -F body=@"$body"
fi
