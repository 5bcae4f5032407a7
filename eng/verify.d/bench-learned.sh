#!/usr/bin/env bash
# The whole learned decision with the shipped router: time and allocation per request
set -uo pipefail
dotnet build bench/Wye.Bench -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
dotnet bench/Wye.Bench/bin/Release/net10.0/Wye.Bench.dll learned samples/prompts >"$WORK/out.txt" || exit 1
cat "$WORK/out.txt"
{
    echo "From a parsed request to a plan; all models of the shipped router are estimated. Bound: 150 µs at 1 KB by the median."
    echo
    echo '```text'
    cat "$WORK/out.txt"
    echo '```'
} >"$WORK/figure.md"
# Rows end in: p50 µs, p99 µs, bytes.
awk -v q='"' '
    NF >= 4 && $(NF-2) ~ /^[0-9.]+$/ && $NF ~ /^[0-9.]+$/ {
        name = $1; for (i = 2; i <= NF - 3; i++) name = name " " $i
        if (name == "1000 bytes") bound = 1
        if (name == "1000 bytes" && $(NF-2) > 150) { bad = 1; print "over its bound: " name > "/dev/stderr" }
        rows = rows (rows == "" ? "" : ",") "\n  {" q "what" q ":" q name q "," q "p50_us" q ":" $(NF-2) "," q "p99_us" q ":" $(NF-1) "," q "bytes" q ":" $NF "}"
    }
    END { print "[" rows "\n]"; exit (bad || !bound) }
' "$WORK/out.txt" >"$WORK/figure.json"
