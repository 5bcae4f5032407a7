#!/usr/bin/env bash
# Balancing: weights, tail latency and the share of a new deployment
set -uo pipefail
dotnet build test/Wye.Tests -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
rm -f "$WORK/figures.tsv"
WYE_FIGURES="$WORK/figures.tsv" dotnet test/Wye.Tests/bin/Release/net10.0/Wye.Tests.dll -noLogo -noColor \
    -class Wye.Routing.Balancing.BalancingFigureTests >"$WORK/out.txt" 2>&1
code=$?
cat "$WORK/out.txt"
[[ $(wc -l <"$WORK/figures.tsv") -ge 7 ]] || code=1
sort -o "$WORK/figures.tsv" "$WORK/figures.tsv"
{
    echo "Simulated on a manual clock: queues of 16 servers, exponential service times, Poisson arrivals, 10,000 picks each."
    echo
    echo "| figure | value | bound |"
    echo "|---|---|---|"
    awk -F '\t' '{ printf "| %s | %s | ≤ %s |\n", $2, $3, $4 }' "$WORK/figures.tsv"
} >"$WORK/figure.md"
awk -F '\t' 'BEGIN { print "[" } { printf "%s  {\"id\":\"%s\",\"value\":%s,\"bound\":%s}", (NR > 1 ? ",\n" : ""), $1, $3, $4 } END { print "\n]" }' \
    "$WORK/figures.tsv" >"$WORK/figure.json"
exit "$code"
