#!/bin/sh
# The form, filled in and saved by programs that people have: Excel's files by openpyxl, and LibreOffice.
# Usage: tests/form.sh PLAN, the program under test. Needs python3 with venv, and LibreOffice; where that
# is missing it is installed. Bounded in time, and loud.
set -eu
plan=${1:-target/release/plan}
plan=$(cd "$(dirname "$plan")" && pwd)/$(basename "$plan")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "tests/form.sh: $1" >&2; exit 1; }

command -v libreoffice >/dev/null || {
  timeout 600 apt-get update -q && timeout 900 apt-get install -qy --no-install-recommends libreoffice-calc libreoffice-writer
} || fail "LibreOffice is missing and could not be installed"
timeout 120 python3 -m venv "$work/python" || fail "no python3 with venv"
timeout 300 "$work/python/bin/pip" -q install openpyxl==3.1.5 || fail "openpyxl could not be installed"

cd "$work"
fill() { "$work/python/bin/python" "$here/form/fill.py" "$@"; }
office() { timeout 180 libreoffice -env:UserInstallation="file://$work/office" --headless --convert-to "$1" --outdir "$3" "$2" >office.log 2>&1 || { cat office.log; fail "LibreOffice could not make $1 of $2"; }; }
fresh() { rm -rf plans && cp -r "$here/../plans" plans; }
# What a form records: the entries, without the head of their file.
entries() { fresh; "$plan" update --from "$1" --as-of 2018-05-01 -q >out.txt 2>err.txt || { cat err.txt; fail "$1 was refused"; }; sed '1,/^entries:/d' plans/hartlepool/updates/*.yaml; }
same() { entries "$1" >got.txt; diff "$2" got.txt || fail "$1 does not come back whole"; echo "ok: $3"; }

fresh
for ending in xlsx csv docx; do
  "$plan" chase vemt --board hartlepool --as-of 2018-05-01 -o "form.$ending" -q || fail "no form.$ending"
done
fill fill form.xlsx filled.xlsx
same filled.xlsx "$here/form/entries.yaml" "filled in with openpyxl"
mkdir saved
for ending in xlsx ods; do
  office "$ending" filled.xlsx saved
  same "saved/filled.$ending" "$here/form/entries.yaml" "saved by LibreOffice as .$ending"
done
office xlsx form.xlsx saved
fill fill saved/form.xlsx later.xlsx
same later.xlsx "$here/form/entries.yaml" "saved by LibreOffice before it was filled in"
fill rearrange filled.xlsx rearranged.xlsx
mkdir again
office xlsx rearranged.xlsx again
entries rearranged.xlsx >rearranged.yaml
sort rearranged.yaml >a.txt
sort "$here/form/entries.yaml" >b.txt
diff b.txt a.txt || fail "rearranged rows do not come back whole"
grep -q '(Form!N9) says "Thank you"' out.txt || fail "a column more is not said"
grep -q 'Sent on behalf of the chair' out.txt || fail "a note is not said"
same again/rearranged.xlsx rearranged.yaml "rows deleted, sorted and added, saved by LibreOffice"

fill csv form.csv filled.csv
cp "$here/form/entries-csv.yaml" csv.yaml
same filled.csv csv.yaml "CSV"
mkdir csv
office xlsx filled.csv csv
same csv/filled.xlsx csv.yaml "CSV made a workbook by LibreOffice"

mkdir word
office odt form.docx word
office docx word/form.odt word
fresh
"$plan" update --from word/form.docx --as-of 2018-05-01 2>err.txt && fail "an empty form was recorded"
grep -q 'has nothing filled in' err.txt || { cat err.txt; fail "a Word form saved by LibreOffice is not read"; }
fill word form.docx filled.docx
same filled.docx "$here/form/entries-word.yaml" "Word"
office odt filled.docx word
office docx word/filled.odt word
same word/filled.docx "$here/form/entries-word.yaml" "Word, saved by LibreOffice"

fill spoil filled.xlsx spoilt.xlsx
office xlsx spoilt.xlsx again
for form in spoilt.xlsx again/spoilt.xlsx; do
  fresh
  "$plan" update --from "$form" --as-of 2018-05-01 2>err.txt && fail "$form was recorded"
  for cell in E10 M12 A14; do
    grep -q "Form!$cell\b" err.txt || { cat err.txt; fail "$form: the cell $cell is not named"; }
  done
  test ! -e plans/hartlepool/updates || fail "$form: something was written"
done
echo "ok: three cells that cannot be taken are named, and nothing is written"

entries filled.xlsx >/dev/null
"$plan" update --from saved/filled.ods --as-of 2018-05-01 2>err.txt && fail "a form was recorded twice"
grep -q 'is recorded already' err.txt || fail "the second time is not told"
echo "ok: never twice"
