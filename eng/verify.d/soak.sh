#!/usr/bin/env bash
# Half an hour of mixed traffic with faults: slope of the memory, handles left over
set -uo pipefail
bench/gateway/soak --work "$WORK" --minutes "${SOAK_MINUTES:-30}"
