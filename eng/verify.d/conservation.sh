#!/usr/bin/env bash
# Conservation: the ledger against the Simulator's bill under faults
set -uo pipefail
dotnet build test/Wye.Gateway.Tests -c Release -v quiet >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
dotnet test/Wye.Gateway.Tests/bin/Release/net10.0/Wye.Gateway.Tests.dll -noLogo -noColor \
    -class Wye.Gateway.ConservationTests >"$WORK/out.txt" 2>&1
code=$?
cat "$WORK/out.txt"
total=$(sed -nE 's/.*Total: ([0-9]+),.*/\1/p' "$WORK/out.txt" | tail -n 1)
failed=$(sed -nE 's/.*Failed: ([0-9]+),.*/\1/p' "$WORK/out.txt" | tail -n 1)
[[ ${total:-0} -gt 0 ]] || code=1
echo "{\"tests\":${total:-0},\"failed\":${failed:-0}}" >"$WORK/figure.json"
echo "${total:-0} tests over mixed calls, streamed and not, with faults; ${failed:-0} failed. Allowed difference: 0 p\$." >"$WORK/figure.md"
exit "$code"
