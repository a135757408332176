#!/usr/bin/env bash
# An independent language client (pytest-lsp) talks with the built `plan lsp`, and an independent
# validator (check-jsonschema, in Python) holds the plans against `plan schema`.
# Needs Python 3.10 or later; its packages go, at pinned versions, into a folder below target.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
if [ -z "${PLAN_BINARY:-}" ]; then
  cargo build --quiet --bin plan
  PLAN_BINARY=$(realpath "$target")/debug/plan
fi
export PLAN_BINARY
venv=$target/editor-venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
timeout 300 "$venv/bin/pip" install --quiet --disable-pip-version-check -r tests/lsp/requirements.txt
echo "language server: an independent client"
timeout 180 "$venv/bin/python" -m pytest -q -p no:cacheprovider -c tests/lsp/pytest.ini --rootdir tests/lsp tests/lsp
echo "schema: an independent validator"
schema=$(mktemp -d)
trap 'rm -r "$schema"' EXIT
"$PLAN_BINARY" schema -o "$schema/plan.schema.json"
timeout 60 "$venv/bin/check-jsonschema" --check-metaschema "$schema/plan.schema.json"
mapfile -t files < <(grep -rlE '^(board|plan|updates|challenges):' --include='*.yaml' plans examples 2>/dev/null)
[ "${#files[@]}" -ge 4 ]
timeout 120 "$venv/bin/check-jsonschema" --schemafile "$schema/plan.schema.json" "${files[@]}"
# A validator that takes everything proves nothing.
printf 'plan: P\nperiod: 2017-19\npriorities: [{id: 1}]\n' > "$schema/wrong.yaml"
if timeout 60 "$venv/bin/check-jsonschema" --schemafile "$schema/plan.schema.json" "$schema/wrong.yaml" > "$schema/said"; then
  echo "a wrong file was taken for a right one"
  exit 1
fi
echo "schema: ${#files[@]} files are right, and a wrong one is not"
