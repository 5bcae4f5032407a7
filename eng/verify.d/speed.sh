#!/usr/bin/env bash
# Speed of the gateway beside nginx and YARP, memory and cold start; everything on
# Wants a quiet machine with two cores; about 25 minutes. What is missing is named: apt-get install wrk nginx-light curl.
set -uo pipefail
bench/gateway/run --work "$WORK" --repeats "${SPEED_REPEATS:-3}" --seconds "${SPEED_SECONDS:-6}" --nice -10
code=$?
# The figures are worth keeping whether or not every bound is kept.
[[ -s $WORK/figure.md ]] && sed -i '1i Wye as published, everything on, alone on one core; bench/README.md says what each row is.\n' "$WORK/figure.md"
exit "$code"
