#!/usr/bin/env bash
# Learned routing on labelled data: every row beside TF-IDF ridge and a per-task table that is given the label
# WYE_DATA names the folder with the labelled sets (default ../shared/data). Needs jq. Takes about an hour; each row of each
# seed is kept, so that a run that was stopped goes on from there.
set -uo pipefail
data=${WYE_DATA:-../shared/data}
seeds=(2026 2027 2028)
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

# row NAME WANTED-APGR WANTED-CPT80 "WHAT" ARGS…: with the seed of this turn.
names=()
row() {
    local name=$1 file="$WORK/$1-$seed.json"
    if [[ $seed == "${seeds[0]}" ]]; then
        names+=("$name")
        printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" >>"$WORK/rows.tsv"
    fi
    shift 4
    [[ -s $file ]] && return
    echo "== $name, seed $seed"
    dotnet "$WORK/wye/Wye.Cli.dll" eval --folds 5 --seed "$seed" --json "$file.part" "$@" && mv "$file.part" "$file"
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
for seed in "${seeds[@]}"; do
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
done

# files NAME: what there is of a row, one per seed.
files() { local seed; for seed in "${seeds[@]}"; do [[ -s $WORK/$1-$seed.json ]] && echo "$WORK/$1-$seed.json"; done; }
missing=0
for name in "${names[@]}"; do
    (($(files "$name" | wc -l) == ${#seeds[@]})) || { echo "row $name is missing for a seed" >&2; missing=1; }
done
# Figures of one router of a pair row, means over the seeds: APGR, its interval, CPT80; APGR of each seed.
cell() {
    files "$1" | xargs -r jq -rs --arg r "$2" '[.[].routers[]? | select(.name == $r)] | select(length > 0)
        | def mean(f): map(f) | add / length;
        "\(mean(.apgr[0])) \(mean(.apgr[1])) \(mean(.apgr[2])) \(mean(.cpt80[0])) \(map(.apgr[0]) | join(" "))"'
}
f3() { awk -v x="$1" 'BEGIN { s = sprintf("%.3f", x); sub(/^0/, "", s); print s }'; }
{
    echo "Five folds split by normalised question text, seeds ${seeds[*]}, which no choice was made on; each figure is the mean over them, as are"
    echo "the ends of the 95 % bootstrap intervals. Hyper-parameters come from inner folds. The router infers the task; the table is given the label."
    echo
    echo "| row | blend APGR | of each seed | CPT80 | TF-IDF ridge | table, given the label | wanted |"
    echo "|---|---|---|---|---|---|---|"
    while IFS=$'\t' read -r name apgr cpt what; do
        [[ $name == pool || -z $(files "$name") ]] && continue
        read -r value low high cpt80 each <<<"$(cell "$name" blend)"
        seen=""
        for one in $each; do seen+="${seen:+, }$(f3 "$one")"; done
        read -r ridge _ <<<"$(cell "$name" "TF-IDF ridge")"
        read -r table _ <<<"$(cell "$name" "task table (given the label)")"
        mark=""
        awk -v v="$value" -v w="$apgr" 'BEGIN { exit !(sprintf("%.3f", v) + 0 < w + 0) }' && mark=" **missed**" missing=1
        [[ $cpt != - ]] && awk -v v="$cpt80" -v w="$cpt" 'BEGIN { exit !(sprintf("%.3f", v) + 0 > w + 0) }' && mark="$mark **CPT80 missed**" missing=1
        wanted=$apgr
        [[ $cpt != - ]] && wanted="$apgr; $cpt"
        echo "| $what | $(f3 "$value") [$(f3 "$low"), $(f3 "$high")] | $seen | $(f3 "$cpt80") | $(f3 "$ridge") | $(f3 "$table") | $wanted$mark |"
    done <"$WORK/rows.tsv"
    echo
    if [[ -n $(files pool) ]]; then
        echo "Pool on zeroeval ($pool; questions where all have a cost):"
        echo
        files pool | xargs jq -rs 'def pc: . * 100 | round | tostring + " %";
            # A figure may stand with its interval.
            def figure: if type == "array" then .[0] else . end;
            def mean(f): map(f | figure) | add / length;
            def shown(f): mean(f) * 1000 | round / 1000;
            def share(f): [range(3) as $i | map(f | .[$i]) | add / length] | "\(.[0] | pc) [\(.[1] | pc), \(.[2] | pc)]";
            . as $runs
            | "saved at the best single model'"'"'s quality: \(share(.savings_at_best_single)) (wanted 30 %; \(map(.savings_at_best_single[0] | pc) | join(", "))), at 99 % of it \(share(.savings_at_99_percent)), at 95 % \(share(.savings_at_95_percent)); \(.[0].count) questions.\n",
            "| model | quality | USD per 1,000 | ECE, 15 bins (≤ .05) | Brier |", "|---|---|---|---|---|",
            (.[0].models[].model as $m | [$runs[].models[] | select(.model == $m)] | "| \($m) | \(shown(.quality)) | \(shown(.usd_per_thousand)) | \(shown(.ece)) | \(shown(.brier)) |"),
            "\n| choice | quality | USD per 1,000 |", "|---|---|---|",
            (.[0].choices[].name as $c | [$runs[].choices[] | select(.name == $c)] | "| \($c) | \(shown(.quality)) | \(shown(.cost_per_thousand)) |")'
        echo
    fi
    echo "Per task, seed ${seeds[0]}: \`learning.json\`. Decision time: \`bench-learned.md\`; unchanged choices: \`perturbation.md\`."
} >"$WORK/figure.md"
cat "$WORK/figure.md"
for name in "${names[@]}"; do
    for seed in "${seeds[@]}"; do
        kept='del(.choices_by_task)'
        # Of the others only what the page is made of.
        [[ $seed == "${seeds[0]}" ]] ||
            kept='{count, routers: [(.routers // [])[] | {name, apgr, cpt80}], savings_at_best_single, models: [.models[] | {model, ece}]}'
        [[ -s $WORK/$name-$seed.json ]] && jq --arg n "$name" --arg s "$seed" "{(\$n): {(\$s): $kept}}" "$WORK/$name-$seed.json"
    done
done | jq -s -c 'reduce .[] as $one ({}; . * $one)' >"$WORK/figure.json"
files pool | xargs jq -se '(map(.savings_at_best_single[0]) | add / length) >= .3 and ([.[].models[].ece] | max) <= .05' >/dev/null || missing=1
exit $missing
