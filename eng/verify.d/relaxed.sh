#!/usr/bin/env bash
# relaxed: kill -9 of a gateway with store.ledger relaxed: how old is the oldest finished answer without a row
source eng/verify.d/rounds.inc
rounds_build
run_chunks Wye.Gateway.Money.CrashTests.KilledRelaxedGateway_MissesOnlyWhatFinishedWithinItsBound_AndNothingUnderAHardBudget 4 10 WYE_RELAXED_ROUNDS=10
summary relaxed 'finished:sum missing:sum oldest_missing_ms:max' \
    'what finished within the last 20 ms and one commit; nothing where a hard budget applies'
