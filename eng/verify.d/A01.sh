#!/usr/bin/env bash
# A01: 64 clients, one budget, two processes on one store file; every balance replayed
source eng/verify.d/rounds.inc
rounds_build
run_chunks Wye.Gateway.Money.OverspendTests.TwoProcesses_NeverOverspendOneBudget_AlsoWhenOneIsKilled 5 4 WYE_A01_ROUNDS=4 WYE_A01_KILLS=1
((outcome == 0)) && run_naive=1 || run_naive=0
if ((run_naive)); then
    dotnet "$tests/bin/$configuration/net10.0/Wye.Gateway.Tests.dll" -noLogo -noColor \
        -method Wye.Gateway.Money.OverspendTests.Checker_SeesADeliberatelyNaiveStore >"$WORK/naive.txt" 2>&1 || outcome=1
fi
summary A01 'killed:sum granted:sum refused:sum store_busy:sum balances_replayed:sum over_limit_picodollars:max used_percent:min used_percent:max unrecorded_calls:sum freed_ms:max' \
    '0 p$ over the limit at any instant, nobody refused because the other process writes (store_busy), 0 billed calls without a row; a naive store (check, then act) fails the same checker'
