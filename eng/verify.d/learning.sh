#!/usr/bin/env bash
# Learned routing on labelled data: every row beside TF-IDF ridge and a per-task table that is given the label
# WYE_DATA names the folder with the labelled sets (default ../shared/data). Needs jq. Takes about an hour; each row is
# kept, so that a run that was stopped goes on from there.
set -uo pipefail
data=${WYE_DATA:-../shared/data}
seed=2026
if [[ ! -d $data/zeroeval ]]; then
    echo "'$data' has no labelled sets. Set WYE_DATA to the folder that has zeroeval, mmlu_pro and the others." >&2
    exit 2
fi
command -v jq >/dev/null || { echo "This check needs jq." >&2; exit 2; }
if [[ ! -f $WORK/wye/Wye.Cli.dll ]]; then
    dotnet build src/Wye.Cli -c Release -v quiet -nologo >"$WORK/build.log" 2>&1 || { cat "$WORK/build.log"; exit 1; }
    # A copy, so that a build meanwhile changes nothing.
    cp -r src/Wye.Cli/bin/Release/net10.0 "$WORK/wye"
fi

# row NAME WANTED-APGR WANTED-CPT80 "WHAT" ARGS…
names=()
row() {
    local name=$1 file="$WORK/$1.json"
    names+=("$name")
    printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$WORK/rows.tsv"
    shift 4
    [[ -s $file ]] && return
    echo "== $name"
    dotnet "$WORK/wye/Wye.Cli.dll" eval --folds 5 --seed $seed --json "$file.part" "$@" && mv "$file.part" "$file"
}

sets() { local s; for s in "$@"; do printf '%s/%s\n' "$data" "$s"; done; }
mapfile -t forMmlu < <(sets helm_mmlu mmlu_pro zeroeval)
mapfile -t forPro < <(sets zeroeval helm_mmlu routellm_mmlu)
mapfile -t forZeroEval < <(sets helm_mmlu mmlu_pro routellm_mmlu routellm_gsm8k)
routellm=mixtral-8x7b-instruct,gpt-4-1106-preview
haiku=claude-3-haiku-20240307
sonnet=claude-3-5-sonnet-20240620
pool=$haiku,claude-3-opus-20240229,$sonnet,gpt-4o-mini-2024-07-18,gpt-4o-2024-05-13
# One more family each: Meta's largest, DeepSeek, Google.
pool=$pool,Llama-3.1-405B-Inst@sambanova,deepseek-v2.5-0908,gemini-1.5-flash
rm -f "$WORK/rows.tsv"
row gsm8k .64 .61 "routellm_gsm8k, prompt only" --data "$data/routellm_gsm8k" --learn-from "$data/zeroeval" --pair $routellm
row bfcl .78 - "bfcl claude-3-haiku → claude-3.5-sonnet" --data "$data/bfcl" --pair $haiku,$sonnet
row pool - - "pool of eight on zeroeval" --data "$data/zeroeval" --pool "$pool"
row sonnet .70 - "zeroeval claude-3-haiku → claude-3.5-sonnet" --data "$data/zeroeval" --learn-from "${forZeroEval[@]}" --pair $haiku,$sonnet
row 4o .68 - "zeroeval gpt-4o-mini → gpt-4o" --data "$data/zeroeval" --pair gpt-4o-mini-2024-07-18,gpt-4o-2024-05-13
row opus .65 - "zeroeval claude-3-haiku → claude-3-opus" --data "$data/zeroeval" --learn-from "${forZeroEval[@]}" --pair $haiku,claude-3-opus-20240229
row mmlu_1500 .65 - "routellm_mmlu, 1,500 labels" --data "$data/routellm_mmlu" --learn-from "${forMmlu[@]}" --train-on 1500 --pair $routellm
row mmlu_pro .67 - "mmlu_pro gemini-1.5-flash → gpt-4o" --data "$data/mmlu_pro" --learn-from "${forPro[@]}" --pair gemini-1.5-flash-002,gpt-4o-2024-05-13
row mmlu .69 .57 "routellm_mmlu, all labels" --data "$data/routellm_mmlu" --learn-from "${forMmlu[@]}" --pair $routellm
row cold .59 - "routellm_mmlu, subjects left out" --data "$data/routellm_mmlu" --leave-tasks-out --pair $routellm

missing=0
for name in "${names[@]}"; do
    [[ -s $WORK/$name.json ]] || { echo "row $name is missing" >&2; missing=1; }
done
# Figures of one router of a pair row: APGR, its interval, CPT80.
cell() { jq -r --arg r "$2" '(.routers[]? | select(.name == $r)) // empty | "\(.apgr[0]) \(.apgr[1]) \(.apgr[2]) \(.cpt80[0])"' "$WORK/$1.json"; }
f3() { awk -v x="$1" 'BEGIN { s = sprintf("%.3f", x); sub(/^0/, "", s); print s }'; }
{
    echo "Five folds split by normalised question text, seed $seed, which no choice was made on; 95 % bootstrap intervals."
    echo "Hyper-parameters come from inner folds. The router infers the task; the table is given the label."
    echo
    echo "| row | blend APGR | CPT80 | TF-IDF ridge | table, given the label | wanted |"
    echo "|---|---|---|---|---|---|"
    while IFS=$'\t' read -r name apgr cpt what; do
        [[ $name == pool || ! -s $WORK/$name.json ]] && continue
        read -r value low high cpt80 <<<"$(cell "$name" blend)"
        read -r ridge _ <<<"$(cell "$name" "TF-IDF ridge")"
        read -r table _ <<<"$(cell "$name" "task table (given the label)")"
        mark=""
        awk -v v="$value" -v w="$apgr" 'BEGIN { exit !(sprintf("%.3f", v) + 0 < w + 0) }' && mark=" **missed**" missing=1
        [[ $cpt != - ]] && awk -v v="$cpt80" -v w="$cpt" 'BEGIN { exit !(sprintf("%.3f", v) + 0 > w + 0) }' && mark="$mark **CPT80 missed**" missing=1
        wanted=$apgr
        [[ $cpt != - ]] && wanted="$apgr; $cpt"
        echo "| $what | $(f3 "$value") [$(f3 "$low"), $(f3 "$high")] | $(f3 "$cpt80") | $(f3 "$ridge") | $(f3 "$table") | $wanted$mark |"
    done <"$WORK/rows.tsv"
    echo
    if [[ -s $WORK/pool.json ]]; then
        echo "Pool on zeroeval ($pool; questions where all have a cost):"
        echo
        jq -r 'def pc: . * 100 | round | tostring + " %";
            # A figure may stand with its interval.
            def figure: if type == "array" then .[0] else . end;
            def share: "\(.[0] | pc) [\(.[1] | pc), \(.[2] | pc)]";
            "saved at the best single model'"'"'s quality: \(.savings_at_best_single | share) (wanted 30 %), at 99 % of it \(.savings_at_99_percent | share), at 95 % \(.savings_at_95_percent | share); \(.count) questions.\n",
            "| model | quality | USD per 1,000 | ECE, 15 bins (≤ .05) | Brier |", "|---|---|---|---|---|",
            (.models[] | "| \(.model) | \((.quality | figure) * 1000 | round / 1000) | \((.usd_per_thousand | figure) * 1000 | round / 1000) | \((.ece | figure) * 1000 | round / 1000) | \((.brier | figure) * 1000 | round / 1000) |"),
            "\n| choice | quality | USD per 1,000 |", "|---|---|---|",
            (.choices[] | "| \(.name) | \((.quality | figure) * 1000 | round / 1000) | \((.cost_per_thousand | figure) * 1000 | round / 1000) |")' "$WORK/pool.json"
        echo
    fi
    echo "Per task: \`learning.json\`. Decision time: \`bench-learned.md\`; unchanged choices: \`perturbation.md\`."
} >"$WORK/figure.md"
cat "$WORK/figure.md"
jq -s -c 'add' <(for name in "${names[@]}"; do [[ -s $WORK/$name.json ]] && jq --arg n "$name" '{($n): del(.choices_by_task)}' "$WORK/$name.json"; done) >"$WORK/figure.json"
jq -e '.savings_at_best_single[0] >= .3 and ([.models[].ece] | max) <= .05' "$WORK/pool.json" >/dev/null || missing=1
exit $missing
