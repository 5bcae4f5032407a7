#!/usr/bin/env bash
# The routing decision: time and allocation per request
set -uo pipefail
dotnet build bench/Wye.Bench -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
dotnet bench/Wye.Bench/bin/Release/net10.0/Wye.Bench.dll routing >"$WORK/out.txt" || exit 1
cat "$WORK/out.txt"
{
    echo '```text'
    cat "$WORK/out.txt"
    echo '```'
} >"$WORK/figure.md"
# Rows end in: p50 µs, p99 µs, bytes. Bounds: 20 µs and 2 KB at 1 KB, 120 µs at 20 KB, by the median.
awk -v q='"' '
    NF >= 4 && $(NF-2) ~ /^[0-9.]+$/ && $NF ~ /^[0-9.]+$/ {
        name = $1; for (i = 2; i <= NF - 3; i++) name = name " " $i
        small = name ~ / 1 KB$/; large = name ~ /20 KB/
        ok = !(small && ($(NF-2) > 20 || $NF > 2048)) && !(large && $(NF-2) > 120)
        if (!ok) { bad = 1; print "over its bound: " name > "/dev/stderr" }
        rows = rows (rows == "" ? "" : ",") "\n  {" q "what" q ":" q name q "," q "p50_us" q ":" $(NF-2) "," q "p99_us" q ":" $(NF-1) "," q "bytes" q ":" $NF "}"
        n++
    }
    END { print "[" rows "\n]"; exit (bad || n == 0) }
' "$WORK/out.txt" >"$WORK/figure.json"
