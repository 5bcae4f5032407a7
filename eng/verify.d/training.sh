#!/usr/bin/env bash
# Training a router from 12.8k questions and the answers of all models, 20 of them served: time, memory, same bytes twice
# WYE_DATA names the folder with the labelled sets (default ../shared/data).
set -uo pipefail
data=${WYE_DATA:-../shared/data}
if [[ ! -d $data/zeroeval ]]; then
    echo "'$data' has no labelled sets. Set WYE_DATA to the folder that has zeroeval, mmlu_pro and the others." >&2
    exit 2
fi
[[ -x /usr/bin/time ]] || { echo "This check needs /usr/bin/time: apt-get install time." >&2; exit 2; }
dotnet build src/Wye.Cli -c Release -v quiet -nologo >"$WORK/build.log" 2>&1 || { cat "$WORK/build.log"; exit 1; }

# The twenty models that answered most questions.
pool=$(cut -d, -f2 "$data/zeroeval/results.csv" "$data/mmlu_pro/results.csv" | grep -vx model | sort | uniq -c | sort -k1,1nr -k2 |
    head -n 20 | awk '{ print $2 }' | paste -sd,)
outcome=0
for run in 1 2; do
    # A file's name is in it: the same name both times.
    mkdir -p "$WORK/$run"
    /usr/bin/time -o "$WORK/time-$run" -f '%e %U %S %M' dotnet src/Wye.Cli/bin/Release/net10.0/Wye.Cli.dll train \
        --data "$data/zeroeval" "$data/mmlu_pro" --pool "$pool" --seed 1 --out "$WORK/$run/router.wye" >"$WORK/train-$run.txt" 2>&1 ||
        { tail -n 5 "$WORK/train-$run.txt"; exit 1; }
done
same=no
cmp -s "$WORK/1/router.wye" "$WORK/2/router.wye" && same=yes || outcome=1
questions=$(cat "$data/zeroeval/queries.jsonl" "$data/mmlu_pro/queries.jsonl" | wc -l)
read -r wall user system kilobytes < <(sort -n "$WORK/time-1" "$WORK/time-2" | head -n 1)
awk -v w="$wall" -v m="$kilobytes" 'BEGIN { exit !(w <= 60 && m <= 2 * 1024 * 1024) }' || outcome=1
printf '{"questions":%s,"models":20,"seconds":%s,"processor_seconds":%s,"peak_kib":%s,"same_bytes":%s,"bytes":%s}\n' "$questions" "$wall" \
    "$(awk -v u="$user" -v s="$system" 'BEGIN { print u + s }')" "$kilobytes" "$([[ $same == yes ]] && echo true || echo false)" \
    "$(stat -c %s "$WORK/1/router.wye")" >"$WORK/figure.json"
{
    echo "zeroeval and mmlu_pro, $questions questions, all answers learned from, 20 models served. The faster of two runs; bounds: 60 s on two"
    echo "cores, 2 GiB, the same bytes."
    echo
    echo "| seconds | processor seconds | peak, MiB | same bytes twice | router, bytes |"
    echo "|---|---|---|---|---|"
    jq -r '"| \(.seconds) | \(.processor_seconds) | \(.peak_kib / 1024 | round) | '"$same"' | \(.bytes) |"' "$WORK/figure.json"
} >"$WORK/figure.md"
cat "$WORK/figure.md"
exit $outcome
