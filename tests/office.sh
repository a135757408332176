#!/usr/bin/env bash
# Reads every Word, Excel and calendar file back with other programs' readers and holds it against
# the JSON of the same question: tests/office/check.py says what must hold. Then prints Word papers with
# LibreOffice: tests/office/pages.py says how many pages each has, and what stands on the first.
set -euo pipefail
cd "$(dirname "$0")/.."
target="${CARGO_TARGET_DIR:-target}"
cargo build --quiet
readers="$target/office-readers"
if ! "$readers/bin/python" -c 'import docx, openpyxl, icalendar, vobject, pypdf' 2>/dev/null; then
    python3 -m venv "$readers"
    timeout 300 "$readers/bin/pip" install --quiet --disable-pip-version-check \
        -r tests/office/requirements.txt
fi
timeout 900 "$readers/bin/python" tests/office/check.py "$target/debug/plan"
timeout 600 "$readers/bin/python" tests/office/pages.py "$target/debug/plan"
