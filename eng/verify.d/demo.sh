#!/usr/bin/env bash
# The demo: cost, quality, tiers and books
set -uo pipefail
./wye demo --json >"$WORK/figure.json"
code=$?
./wye demo --once >"$WORK/report.txt" || code=1
# The table of prompts depends on which answer came first; the report does not.
{
    echo '```text'
    sed -n '/^Cost and quality/,$p' "$WORK/report.txt"
    echo '```'
} >"$WORK/figure.md"
cat "$WORK/figure.md"
exit "$code"
