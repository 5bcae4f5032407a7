#!/usr/bin/env bash
# R01: single faults of the first target, a healthy second one
source eng/verify.d/faults.inc
run_faults Wye.Gateway.Faults.SingleFaultTests 200 30
figures R01 'fault stream calls p50_ms p99_ms' '0 caller failures; every call met the fault.'
