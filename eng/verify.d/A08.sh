#!/usr/bin/env bash
# A08: 100,000 mixed calls through every policy, with faults, retries, gates, judges and callers who leave; ledger against bill
source eng/verify.d/rounds.inc
rounds_build
run_chunks Wye.Gateway.ConservationTests.Ledger_HoldsEveryBilledCallOnceAndExactly 10 1 WYE_CONSERVATION_CALLS=10000
summary conservation 'requests:sum left_by_caller:sum exact_calls:sum exact_billed_picodollars:sum exact_difference_picodollars:max estimated_calls:sum estimated_billed_picodollars:sum estimated_recorded_picodollars:sum' \
    '0 p$ between ledger and bill over all calls whose usage was told; every billed call has one row; the others are flagged and counted'
