#!/usr/bin/env bash
# Key check, limits and budgets on the hot path: time and allocation per request
set -uo pipefail
dotnet build bench/Wye.Bench -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
# One core, as the figure says.
taskset -c 0 dotnet bench/Wye.Bench/bin/Release/net10.0/Wye.Bench.dll access >"$WORK/out.txt" || exit 1
cat "$WORK/out.txt"
{
    echo 'Bound: key check + limits + budgets ≤ 15 µs at the median. The reservation of a hard budget is part of the ledger'
    echo 'transaction that names the call, and is measured there.'
    echo
    echo '```text'
    cat "$WORK/out.txt"
    echo '```'
} >"$WORK/figure.md"
awk -v q='"' '
    NF >= 4 && $(NF-2) ~ /^[0-9.]+$/ && $NF ~ /^[0-9.]+$/ {
        name = $1; for (i = 2; i <= NF - 3; i++) name = name " " $i
        if ($(NF-2) > 15) { bad = 1; print "over its bound: " name > "/dev/stderr" }
        rows = rows (rows == "" ? "" : ",") "\n  {" q "what" q ":" q name q "," q "p50_us" q ":" $(NF-2) "," q "p99_us" q ":" $(NF-1) "," q "bytes" q ":" $NF "}"
        n++
    }
    END { print "[" rows "\n]"; exit (bad || n == 0) }
' "$WORK/out.txt" >"$WORK/figure.json"
