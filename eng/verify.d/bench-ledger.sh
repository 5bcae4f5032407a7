#!/usr/bin/env bash
# The ledger on the request path: added latency, processor time and allocation per request, with group commit
source eng/verify.d/bench.inc
rm -rf "$WORK/db" && mkdir -p "$WORK/db"
# One core, as the figure says.
bench_run taskset -c 0 -- ledger "$WORK/db"
rm -rf "$WORK/db"
bench_page 'One core for everything. Latency is what a request waits for its opening and its settlement together; processor time and
bytes are those of the process per request, less what the same flows take without a ledger; steps = openings and settlements
that share a commit. Bound: ≤ 250 µs of processor time per request with 64 callers and two hard budgets. Latency is mostly the
wait for the one core and for the commit before, and has no bound here.'
awk -v q='"' '
    NF >= 7 && $NF ~ /^[0-9.]+$/ && $(NF-5) ~ /^[0-9]+$/ {
        name = $1; for (i = 2; i <= NF - 6; i++) name = name " " $i
        if (name == "two hard budgets, 64") { n = 1; if ($(NF-2) > 250) bad = 1 }
        rows = rows (rows == "" ? "" : ",") "\n  {" q "what" q ":" q name q "," q "per_second" q ":" $(NF-5) "," q "p50_us" q ":" $(NF-4) "," q "p99_us" q ":" $(NF-3) "," q "cpu_us" q ":" $(NF-2) "," q "bytes" q ":" $(NF-1) "," q "steps_per_commit" q ":" $NF "}"
    }
    END { print "[" rows "\n]"; exit (bad || !n) }
' "$WORK/out.txt" >"$WORK/figure.json"
