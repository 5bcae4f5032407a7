#!/usr/bin/env bash
# Key check, limits and budgets on the hot path: time and allocation per request
source eng/verify.d/bench.inc
# One core, as the figure says.
bench_run taskset -c 0 -- access
bench_page 'Bound: key check + limits + budgets ≤ 15 µs at the median. The reservation of a hard budget is part of the ledger
transaction that names the call, and is measured there.'
bench_bounds 'function over(name, p50, bytes) { return p50 > 15 }'
