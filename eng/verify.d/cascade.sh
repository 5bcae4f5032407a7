#!/usr/bin/env bash
# Cascade on GSM8K: a learned gate and an untrained one, five folds by question
set -uo pipefail
data=${WYE_DATA:?Set WYE_DATA to the folder that holds the labelled sets (routellm_gsm8k with responses.jsonl).}
./wye eval --data "$data/routellm_gsm8k" --policy cascade --pair mixtral-8x7b-instruct,gpt-4-1106-preview \
    --seed 1 --json "$WORK/figure.json" >"$WORK/out.txt" || {
    cat "$WORK/out.txt"
    exit 1
}
cat "$WORK/out.txt"
FIGURE="$WORK/figure.json" TABLE="$WORK/figure.md" node --input-type=module -e '
    import { readFileSync, writeFileSync } from "node:fs";
    const f = JSON.parse(readFileSync(process.env.FIGURE, "utf8"));
    const text = ([v, low, high]) => `${v.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
    const plain = f.points[0], l = f.learned;
    const rows = [
        ["learned gate: APGR", l.apgr, "≥ .79", ".84", l.apgr[0] >= 0.79],
        ["learned gate: CPT 80 % (share of strong calls)", l.cpt80, "≤ .40", ".32", l.cpt80[0] <= 0.40],
        ["strong calls avoided at 95 % of strong quality", l.strong_calls_avoided_at_95_percent, "≥ .60", ".68", l.strong_calls_avoided_at_95_percent[0] >= 0.60],
        ["learned gate: AUROC", l.auroc, "≥ .80", ".86", l.auroc[0] >= 0.80],
        ["P(wrong and accepted) at 30 % escalated", l.wrong_and_accepted_at_30_percent, "≤ .16", ".135", l.wrong_and_accepted_at_30_percent[0] <= 0.16],
        ["untrained gate: gap recovered", plain.gap_recovered, "≥ .40", ".50", plain.gap_recovered[0] >= 0.40],
        ["untrained gate: escalated", plain.escalation_rate, "≤ .20", "", plain.escalation_rate[0] <= 0.20],
    ];
    let out = `${f.set}, n = ${f.count}: ${f.weak} (${f.weak_quality.toFixed(3)}) → ${f.strong} (${f.strong_quality.toFixed(3)}). `
        + `${f.folds} folds by question, hyper-parameters from inner folds only; the weak call is paid for every question; 95 % intervals by resampling questions.\n\n`
        + "| measure | value | at least | aim | met |\n| --- | --- | --- | --- | --- |\n"
        + rows.map(([n, v, least, aim, ok]) => `| ${n} | ${text(v)} | ${least} | ${aim} | ${ok ? "yes" : "**no**"} |`).join("\n")
        + "\n\n| at | escalated | gap recovered | quality | wrong and accepted | right and escalated |\n| --- | --- | --- | --- | --- | --- |\n"
        + f.points.map((p) => `| ${p.name} | ${text(p.escalation_rate)} | ${text(p.gap_recovered)} | ${text(p.quality)} | ${text(p.false_accept)} | ${text(p.wasted_escalation)} |`).join("\n") + "\n";
    writeFileSync(process.env.TABLE, out);
    process.exit(rows.every((row) => row[4]) ? 0 : 1);
'
