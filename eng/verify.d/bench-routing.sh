#!/usr/bin/env bash
# The routing decision: time and allocation per request
source eng/verify.d/bench.inc
bench_run -- routing
bench_page
# Bounds: 20 µs and 2 KB at 1 KB, 120 µs at 20 KB, by the median.
bench_bounds 'function over(name, p50, bytes) {
    return (name ~ / 1 KB$/ && (p50 > 20 || bytes > 2048)) || (name ~ /20 KB/ && p50 > 120)
}'
