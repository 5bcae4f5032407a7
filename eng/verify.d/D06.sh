#!/usr/bin/env bash
# D06, E02: a full disk, and a store locked for ten seconds, under load
source eng/verify.d/rounds.inc
rounds_build
rm -f "$WORK/rows.jsonl" "$WORK/chunk-0.jsonl"
WYE_FIGURES="$WORK/chunk-0.jsonl" WYE_D06_SECONDS=10 timeout 600 \
    dotnet "$tests/bin/$configuration/net10.0/Wye.Gateway.Tests.dll" -noLogo -noColor -class Wye.Gateway.Money.StoreOutageTests \
    >"$WORK/out.txt" 2>&1 || { outcome=1; tail -n 30 "$WORK/out.txt"; }
summary D06 'seconds:sum answers:sum refused:sum other:sum slowest_before_ms:max slowest_during_ms:max healed_ms:max billed_but_unrecorded:sum' \
    'no answer but 200 and 503, a lock is waited for 2 s once and then 250 ms, a full disk not at all, healed within 5 s'
