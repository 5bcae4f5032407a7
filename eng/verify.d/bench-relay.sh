#!/usr/bin/env bash
# What a relayed 1 KB call allocates: the gateway's own code, everything on, less what server and client allocate without it
source eng/verify.d/bench.inc
rm -rf "$WORK/data" && mkdir -p "$WORK/data"
bench_run -- relay "$WORK/data"
rm -rf "$WORK/data"
bench_page 'Bytes per call, of the whole process, in which load and upstream allocate nothing. The least relay reads a body, sends it
on and writes the answer, with the same server and client as the gateway. Bound: 6 KB (6,000 bytes) of the gateway'"'"'s own.'
awk -v q='"' '
    $NF ~ /^[0-9]+$/ && NF > 1 {
        name = $1; for (i = 2; i < NF; i++) name = name " " $i
        if (name ~ /own code$/) { n = 1; if ($NF > 6000) { bad = 1; print "over its bound: " name > "/dev/stderr" } }
        rows = rows (rows == "" ? "" : ",") "\n  {" q "what" q ":" q name q "," q "bytes" q ":" $NF "}"
    }
    END { print "[" rows "\n]"; exit (bad || !n) }
' "$WORK/out.txt" >"$WORK/figure.json"
