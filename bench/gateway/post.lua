-- wrk: the body from the file $BODY; at the end one key=value line per figure
local file = assert(io.open(os.getenv("BODY"), "rb"))
wrk.body = file:read("*a")
file:close()
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("KEY")
for name, value in string.gmatch(os.getenv("HEADERS") or "", "([%w-]+): ([^;]+)") do
    wrk.headers[name] = value
end

function done(summary, latency)
    local e = summary.errors
    local good = summary.requests - e.status
    io.write(string.format("ok=%d\n", good))
    io.write(string.format("rps=%.1f\n", good / (summary.duration / 1e6)))
    io.write(string.format("errors=%d\n", e.connect + e.read + e.write + e.status + e.timeout))
    io.write(string.format("p50_us=%d\np99_us=%d\n", latency:percentile(50), latency:percentile(99)))
end
