#!/usr/bin/env bash
# D01: kill -9 at random moments under load: finished or billed calls without a row
source eng/verify.d/rounds.inc
rounds_build
run_chunks Wye.Gateway.Money.CrashTests.KilledGateway_HasARowOfEveryAnswerThatWasFinished 10 20 WYE_D01_ROUNDS=20
summary D01 'finished:sum finished_but_unrecorded:max billed_but_unrecorded:max' \
    '0 calls that a caller saw finished, and 0 calls that were billed, without a row'
