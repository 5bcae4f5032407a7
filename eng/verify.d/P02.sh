#!/usr/bin/env bash
# P02, S01–S03: secrets and texts in no sink; nothing but health without a key
set -uo pipefail
dotnet build test/Wye.Gateway.Tests -c Debug -v quiet -p:RunAnalyzers=false >"$WORK/build.log" 2>&1 || {
    cat "$WORK/build.log"
    exit 1
}
rows="" bad=0
for class in Wye.Gateway.Telemetry.CanaryTests Wye.Gateway.Access.EndpointMatrixTests Wye.Gateway.Access.StolenStoreTests; do
    dotnet test/Wye.Gateway.Tests/bin/Debug/net10.0/Wye.Gateway.Tests.dll -noLogo -noColor -class "$class" >"$WORK/$class.txt" 2>&1 || bad=1
    line=$(grep -E 'Total: [0-9]+' "$WORK/$class.txt" | sed -E 's/.*Total: ([0-9]+).*Failed: ([0-9]+).*/\1 \2/')
    read -r total failed <<<"${line:-0 1}"
    ((total > 0)) || bad=1
    rows+="| ${class##*.} | $total | $failed |"$'\n'
    json+="${json:+,}{\"class\":\"${class##*.}\",\"checks\":$total,\"failed\":$failed}"
done
{
    echo 'Canaries (provider key, virtual keys, prompt, answer, e-mail, card) through chat, streams, faults that repeat them, refusals,'
    echo 'rotation and blocking; sinks: log at Trace, spans, metrics, what leaves by OTLP, administration, reports, every byte of the data'
    echo 'folder. The endpoint matrix comes from the endpoint table.'
    echo
    echo '| checks | run | failed |'
    echo '|---|---|---|'
    printf '%s' "$rows"
} >"$WORK/figure.md"
echo "[$json]" >"$WORK/figure.json"
cat "$WORK/figure.md"
exit "$bad"
