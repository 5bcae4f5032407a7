#!/usr/bin/env bash
# Gates on a 4 KB answer: time and allocation
source eng/verify.d/bench.inc
bench_run -- gates
bench_page 'Allowed: 100 µs by the median for each deterministic gate; aim 30 µs.'
bench_bounds 'function over(name, p50, bytes) { return p50 > 100 }'
