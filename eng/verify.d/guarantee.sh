#!/usr/bin/env bash
# Guarantee: how often a promise of quality with 95 % confidence is broken
set -uo pipefail
dotnet build test/Wye.Tests -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
rm -f "$WORK/figures.tsv"
WYE_SPLITS=2000 WYE_FIGURES="$WORK/figures.tsv" dotnet test/Wye.Tests/bin/Release/net10.0/Wye.Tests.dll -noLogo -noColor \
    -class Wye.Learning.Guarantee.GuaranteeFigureTests >"$WORK/out.txt" 2>&1
code=$?
cat "$WORK/out.txt"
[[ $(wc -l <"$WORK/figures.tsv") -ge 8 ]] || code=1
sort -o "$WORK/figures.tsv" "$WORK/figures.tsv"
{
    echo "500 calibration questions drawn with replacement, a threshold promised, then checked on all traffic the questions came"
    echo "from; 2,000 splits per row, fixed seeds. Bound: broken in at most 6 % (5 % promised). \"Strong calls\" counts splits"
    echo "without a promise as strong for every call."
    echo
    echo "| traffic | share of strong quality promised | broken | promise possible | strong calls, mean |"
    echo "|---|---|---|---|---|"
    awk -F '\t' '{ printf "| %s | %s | %.2f %% | %.1f %% | %.1f %% |\n", $1, $2, $4 * 100, $5 * 100, $6 * 100 }' "$WORK/figures.tsv"
} >"$WORK/figure.md"
awk -F '\t' 'BEGIN { print "[" } { printf "%s  {\"traffic\":\"%s\",\"share\":%s,\"splits\":%s,\"broken\":%s,\"achieved\":%s,\"strong_share\":%s,\"bound\":0.06}", (NR > 1 ? ",\n" : ""), $1, $2, $3, $4, $5, $6 } END { print "\n]" }' \
    "$WORK/figures.tsv" >"$WORK/figure.json"
exit "$code"
