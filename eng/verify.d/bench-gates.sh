#!/usr/bin/env bash
# Gates on a 4 KB answer: time and allocation
set -uo pipefail
dotnet build bench/Wye.Bench -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
dotnet bench/Wye.Bench/bin/Release/net10.0/Wye.Bench.dll gates >"$WORK/out.txt" || exit 1
cat "$WORK/out.txt"
{
    echo 'Allowed: 100 µs by the median for each deterministic gate; aim 30 µs.'
    echo
    echo '```text'
    cat "$WORK/out.txt"
    echo '```'
} >"$WORK/figure.md"
# Rows end in: p50 µs, p99 µs, bytes.
awk -v q='"' '
    NF >= 4 && $(NF-2) ~ /^[0-9.]+$/ && $NF ~ /^[0-9.]+$/ {
        name = $1; for (i = 2; i <= NF - 3; i++) name = name " " $i
        if ($(NF-2) > 100) { bad = 1; print "over its bound: " name > "/dev/stderr" }
        rows = rows (rows == "" ? "" : ",") "\n  {" q "what" q ":" q name q "," q "p50_us" q ":" $(NF-2) "," q "p99_us" q ":" $(NF-1) "," q "bytes" q ":" $NF "}"
        n++
    }
    END { print "[" rows "\n]"; exit (bad || n == 0) }
' "$WORK/out.txt" >"$WORK/figure.json"
