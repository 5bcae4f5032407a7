#!/usr/bin/env bash
# The whole learned decision with the shipped router: time and allocation per request
source eng/verify.d/bench.inc
bench_run -- learned samples/prompts
bench_page 'From a parsed request to a plan; all models of the shipped router are estimated. Bound: 150 µs at 1 KB by the median.'
bench_bounds 'function over(name, p50, bytes) { return name == "1000 bytes" && p50 > 150 }' '1000 bytes'
