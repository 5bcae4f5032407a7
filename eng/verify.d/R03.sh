#!/usr/bin/env bash
# R03: total outage at 200 requests per second for 30 s
source eng/verify.d/faults.inc
run_faults Wye.Gateway.Faults.OutageTests 20 30
figures R03 'fault caller_calls upstream_calls ratio recovery_s answer_p50_ms answer_p99_ms' \
    'Upstream/caller calls ≤ 1.25, recovery ≤ 5 s. Answer times: second half of the outage; the load runs in the same process.'
