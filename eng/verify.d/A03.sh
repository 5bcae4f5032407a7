#!/usr/bin/env bash
# A03: kill -9 with 200 calls in flight: what stays reserved, and who is refused wrongly
source eng/verify.d/rounds.inc
rounds_build
run_chunks Wye.Gateway.Money.CrashTests.KilledGateway_LeavesNoReservation_AndRefusesNobodyWhoFits 5 10 WYE_A03_ROUNDS=10
summary A03 'in_flight:sum leaked:sum open_intents:sum false_refusals:sum freed_ms:max' '0 leaked, 0 false refusals'
