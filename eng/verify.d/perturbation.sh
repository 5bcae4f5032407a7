#!/usr/bin/env bash
# Perturbation: choices that stay when a prompt is reworded harmlessly
# Measures on samples/labelled; with WYE_DATA=FOLDER also on the labelled sets routellm_gsm8k, routellm_mmlu, zeroeval in it.
set -uo pipefail
dotnet build src/Wye.Cli -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
wye() { dotnet src/Wye.Cli/bin/Release/net10.0/Wye.Cli.dll "$@"; }
code=0
rm -f "$WORK/figures.tsv"

# measure NAME ARGUMENTS…: one evaluation with --perturb; its rows go to figures.tsv.
measure() {
    local name=$1 json="$WORK/${1//[^A-Za-z0-9]/-}.json"
    shift
    [[ -s $json ]] || wye eval "$@" --folds 2 --perturb --json "$json" >>"$WORK/out.txt" 2>&1 || {
        tail -n 3 "$WORK/out.txt"
        rm -f "$json"
        code=1
        return
    }
    awk -v name="$name" '
        /"perturbation"/ { inside = 1; next }
        inside && /}/ { inside = 0 }
        inside { gsub(/[",]/, ""); sub(/^ +/, ""); split($0, part, ": "); printf "%s\t%s\t%s\n", name, part[1], part[2] }' "$json" >>"$WORK/figures.tsv"
}

measure "samples, pair" --data samples/labelled --pair acorn-mini,cedar-max
measure "samples, pool" --data samples/labelled --pool acorn-mini,acorn-pro,cedar-max
if [[ -n ${WYE_DATA:-} ]]; then
    [[ -d $WYE_DATA/routellm_gsm8k ]] && measure "routellm_gsm8k" --data "$WYE_DATA/routellm_gsm8k"
    [[ -d $WYE_DATA/routellm_mmlu ]] && measure "routellm_mmlu, 1,500 labels" --data "$WYE_DATA/routellm_mmlu" --train-on 1500
    [[ -d $WYE_DATA/zeroeval ]] && measure "zeroeval, 1,500 labels" --data "$WYE_DATA/zeroeval" --train-on 1500 \
        --pair claude-3-haiku-20240307,claude-3-5-sonnet-20240620
fi
{
    echo "Share of choices that stay, on at most 300 unseen questions per row; a pair decides at half of the calls, a pool at 99 % of"
    echo "the best single's quality. Bound: 90 % over all changes."
    echo
    echo "| set | change | unchanged |"
    echo "|---|---|---|"
    awk -F '\t' '$2 != "questions" { printf "| %s | %s | %.1f %% |\n", $1, ($2 == "unchanged" ? "**all changes**" : $2), $3 * 100 }' "$WORK/figures.tsv"
} >"$WORK/figure.md"
awk -F '\t' 'BEGIN { print "[" } $2 != "questions" { printf "%s  {\"set\":\"%s\",\"change\":\"%s\",\"unchanged\":%s}", (n++ ? ",\n" : ""), $1, $2, $3 } END { print "\n]" }' \
    "$WORK/figures.tsv" >"$WORK/figure.json"
awk -F '\t' '$2 == "unchanged" && $3 < 0.9 { bad = 1 } END { exit bad }' "$WORK/figures.tsv" || code=1
exit "$code"
