#!/usr/bin/env bash
# Feedback: what judgements of new models' answers are worth, on questions like those trained on and on questions of another kind
# WYE_DATA names the folder with the labelled sets (default ../shared/data).
set -uo pipefail
data=${WYE_DATA:-../shared/data}
if [[ ! -d $data/zeroeval || ! -d $data/mmlu_pro ]]; then
    echo "'$data' has no labelled sets. Set WYE_DATA to the folder that has zeroeval and mmlu_pro." >&2
    exit 2
fi
for project in src/Wye.Cli bench/Wye.Bench; do
    dotnet build "$project" -c Release -v quiet -nologo >"$WORK/build.log" 2>&1 || { cat "$WORK/build.log"; exit 1; }
done

# measure NAME TITLE TRAIN-ARGUMENTS…: trains a router, then judges answers to zeroeval's questions that it has not seen.
measure() {
    local name=$1 title=$2
    shift 2
    [[ -s $WORK/$name.wye ]] || dotnet src/Wye.Cli/bin/Release/net10.0/Wye.Cli.dll train "$@" --seed 5 --out "$WORK/$name.wye" \
        >"$WORK/$name.train.txt" 2>&1 || { tail -n 5 "$WORK/$name.train.txt"; exit 1; }
    dotnet bench/Wye.Bench/bin/Release/net10.0/Wye.Bench.dll feedback "$WORK/$name.wye" "$data/zeroeval" >"$WORK/$name.txt" || exit 1
    {
        echo "$title: $(head -n 1 "$WORK/$name.txt")."
        echo
        # Tables, each with its heading first, behind an empty line.
        awk -F '\t' 'NR == 1 { next } !NF { head = 0; print ""; next }
            { row = "|"; line = "|"; for (i = 1; i <= NF; i++) { row = row " " $i " |"; line = line "---|" }
              print row; if (!head++) print line }' "$WORK/$name.txt"
        echo
    } >>"$WORK/figure.md"
    awk -F '\t' -v name="$name" 'NF == 4 && $1 ~ /^[0-9]+$/ { printf "{\"questions\":\"%s\",\"judged\":%s,\"brier\":%s,\"brier_mean_only\":%s,\"auc\":%s}\n", name, $1, $2, $3, $4 }
        NF == 5 && $3 ~ /^[0-9]/ { printf "{\"questions\":\"%s\",\"objective\":\"%s\",\"feedback\":\"%s\",\"mean_score\":%s,\"usd_per_thousand\":%s,\"to_the_dearest\":%s}\n", name, $1, $2, $3, $4, $5 }' \
        "$WORK/$name.txt" >>"$WORK/rows.json"
}

rm -f "$WORK/rows.json"
{
    echo "Models that the router has no answers of, each served through the measured model whose mean quality is nearest; answers to questions"
    echo "drawn at random are judged, others scored. Brier: mean squared error of the expected quality. AUC: how well it ranks a model's"
    echo "prompts. Mean only: what is left when the mean is corrected and not by where a prompt lies. Bound: from 100 judgements on less than that."
    echo
    echo "Last table: eight models, six of them stand-ins; one question after another goes where the objective says (bar .80; tradeoff: a point of quality"
    echo "for a dollar per thousand calls), and only the answer given is judged. Second half of the questions, three orders."
    echo
} >"$WORK/figure.md"
measure alike "A router trained on 2,000 of zeroeval's questions" --data "$data/zeroeval" --labels 2000 \
    --pool claude-3-haiku-20240307,claude-3-opus-20240229,claude-3-5-sonnet-20240620,gpt-4o-mini-2024-07-18,gpt-4o-2024-05-13,gemini-1.5-flash,deepseek-v2.5-0908,gemma-2-2b-it
measure other "A router trained on mmlu_pro, which has neither zeroeval's puzzles nor its code" --data "$data/mmlu_pro" \
    --pool gpt-4o-2024-05-13,gemini-1.5-flash-002,gemini-1.5-pro-002,Meta-Llama-3-8B-Instruct,Meta-Llama-3.1-70B-Instruct,Mixtral-8x7B-Instruct-v0.1,Qwen1.5-72B-Chat,gemma-7b
jq -s . "$WORK/rows.json" >"$WORK/figure.json"
cat "$WORK/figure.md"
jq -e 'all(.[] | select(.judged); .judged < 100 or .brier < .brier_mean_only)' "$WORK/figure.json" >/dev/null
