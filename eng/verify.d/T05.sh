#!/usr/bin/env bash
# T05: callers who leave
source eng/verify.d/faults.inc
run_faults Wye.Gateway.Faults.DisconnectTests 200 30
figures T05 'moment calls p50_ms p99_ms' 'Time until the provider saw its connection close: p99 ≤ 100 ms; one flagged row each within 1 s (T06).'
