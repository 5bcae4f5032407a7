#!/usr/bin/env bash
# S02: whether the time of a refusal tells if a key's id exists (Welch's t); a check that stops early must be seen
source eng/verify.d/rounds.inc
rounds_build
rm -f "$WORK/rows.jsonl" "$WORK/chunk-0.jsonl"
WYE_FIGURES="$WORK/chunk-0.jsonl" WYE_S02_SAMPLES=200000 timeout 900 \
    dotnet "$tests/bin/$configuration/net10.0/Wye.Gateway.Tests.dll" -noLogo -noColor -class Wye.Gateway.Access.KeyTimingTests \
    >"$WORK/out.txt" 2>&1 || { outcome=1; tail -n 30 "$WORK/out.txt"; }
cp "$WORK/chunk-0.jsonl" "$WORK/rows.jsonl"
node --input-type=module -e '
    import { readFileSync, writeFileSync } from "node:fs";
    const { WORK } = process.env;
    const rows = readFileSync(`${WORK}/rows.jsonl`, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    if (rows.length !== 3) process.exit(1);
    writeFileSync(`${WORK}/figure.json`, JSON.stringify(rows, null, 2) + "\n");
    writeFileSync(`${WORK}/figure.md`, "Against a wrong last letter of a secret whose id exists. Told apart = |t| > 4.5 and more than 150 ns.\n\n"
        + "| refused because of | difference, ns | Welch t |\n| --- | --- | --- |\n"
        + rows.map((row) => `| ${row.what} | ${row.difference_ns} | ${row.welch_t} |\n`).join(""));
' || exit 1
exit "$outcome"
