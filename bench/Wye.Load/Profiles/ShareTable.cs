using System.Globalization;

namespace Wye.Load.Profiles;

/// <summary>Where the time goes: each sample belongs to the innermost frame that one of these parts knows.</summary>
internal static class ShareTable
{
    private const string LedgerThread = "wye-ledger";

    private static readonly (string Part, string[] Starts)[] Parts =
    [
        (
            "metrics, log, spans",
            ["Wye.Hosting.Telemetry", "Wye.Gateway.Metrics", "Wye.Gateway.Telemetry", "System.Diagnostics"]
        ),
        ("ledger: handing over and hearing back", ["Wye.Ledger.Writing.LedgerWriter", "Wye.Ledger.Writing.Settlement"]),
        ("budgets", ["Wye.Ledger.Budgets", "Wye.Hosting.Callers"]),
        (
            "key, limits",
            ["Wye.Access", "Wye.Gateway.Endpoints.Key", "Wye.Gateway.Endpoints.Credentials", "Wye.Gateway.Http.Limit"]
        ),
        ("body: reading, headers, writing the answer", ["Wye.Gateway.Http"]),
        ("parsing and splicing", ["Wye.Dialects", "System.Text.Json"]),
        ("signals, sessions", ["Wye.Signals", "Wye.Sessions"]),
        ("routing", ["Wye.Routing", "Wye.Quality"]),
        ("delivery, health, rows", ["Wye.Delivery", "Wye.Health", "Wye.Ledger", "Wye.Catalog", "Wye.Primitives"]),
        ("provider call", ["Wye.Providers"]),
        ("rest of the gateway", ["Wye."]),
        ("HTTP client", ["System.Net.Http"]),
        ("HTTP server", ["Microsoft.AspNetCore", "System.IO.Pipelines"]),
        ("sockets (managed)", ["System.Net.Sockets"]),
        ("async, thread pool", ["System.Threading", "System.Runtime.CompilerServices"]),
        ("cryptography", ["[libcrypto", "EVP_", "HMAC", "ERR_", "System.Security"]),
        ("compiling", ["[libclrjit"]),
        ("runtime, collecting", ["[libcoreclr", "[libclrgc"]),
    ];

    /// <summary>Prints one row per part.</summary>
    /// <param name="file">The profile.</param>
    /// <param name="microseconds">CPU time of one request or chunk.</param>
    public static void Print(string file, double microseconds)
    {
        var (total, counts) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var sample in Sample.Read(file))
        {
            total++;
            var part = PartOf(sample);
            counts[part] = counts.GetValueOrDefault(part) + 1;
        }

        Console.WriteLine("| part | µs | share |\n|---|---|---|");
        foreach (var (part, count) in counts.OrderByDescending(pair => pair.Value))
        {
            var share = (double)count / total;
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"| {part} | {share * microseconds:0.0} | {share:0.0%} |")
            );
        }
    }

    private static string PartOf(Sample sample)
    {
        if (sample.Thread.Contains(LedgerThread, StringComparison.Ordinal))
        {
            return "ledger thread: SQLite";
        }

        for (var i = sample.Frames.Count - 1; i >= 0; i--)
        {
            foreach (var (part, starts) in Parts)
            {
                foreach (var start in starts)
                {
                    if (sample.Frames[i].StartsWith(start, StringComparison.Ordinal))
                    {
                        return part;
                    }
                }
            }
        }

        return sample.Frames[^1].EndsWith("[kernel]", StringComparison.Ordinal)
            ? "kernel: sockets, switches"
            : "libc and other";
    }
}
