#!/usr/bin/env bash
# T01: streams that fail after their first content, seen by the official clients
source eng/verify.d/faults.inc
run_faults Wye.Gateway.Faults.VisibleFailureTests 200 30
figures T01 'client fault calls silent' '0 silent truncations.'
