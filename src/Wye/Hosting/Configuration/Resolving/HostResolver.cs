using System.Globalization;
using System.Net;
using Wye.Health;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary><c>server</c>, <c>health</c> and <c>store</c> → options.</summary>
internal static class HostResolver
{
    private const long MinBody = 1024;
    private const long MaxBody = 1024L * 1024 * 1024;
    private const int MaxConnections = 1_000_000;
    private const int MinRetentionDays = 32;
    private const int MaxRetentionDays = 36_500;

    public static ServerOptions Server(ProblemList problems, ServerConfig? config)
    {
        var defaults = new ServerOptions();
        if (config?.BodyLimit is < MinBody or > MaxBody)
        {
            problems.Error("server.body_limit", "The body limit is out of range.", "Use 1KiB to 1GiB.");
        }

        return new ServerOptions
        {
            Address = Address(problems, config?.Address) ?? defaults.Address,
            Port = problems.Count("server.port", config?.Port, 0, 65535) ?? defaults.Port,
            MaxConnections =
                problems.Count("server.max_connections", config?.MaxConnections, 1, MaxConnections)
                ?? defaults.MaxConnections,
            DrainDelay =
                problems.Duration("server.drain_delay", config?.DrainDelay, TimeSpan.FromHours(1), allowZero: true)
                ?? defaults.DrainDelay,
            DrainLimit =
                problems.Duration("server.drain_limit", config?.DrainLimit, ConfigDefaults.MaxTimeout, allowZero: true)
                ?? defaults.DrainLimit,
            BodyLimit = config?.BodyLimit ?? defaults.BodyLimit,
            LiteLlmHeaders = config?.LitellmHeaders ?? defaults.LiteLlmHeaders,
        };
    }

    public static TimeZoneInfo TimeZone(ProblemList problems, ServerConfig? config)
    {
        if (config?.TimeZone is not { } name)
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        problems.Error(
            "server.time_zone",
            $"There is no time zone {problems.Show("server.time_zone", name)} on this machine.",
            "Use an IANA name such as Europe/Berlin, or UTC."
        );
        return TimeZoneInfo.Utc;
    }

    public static HealthOptions Health(ProblemList problems, HealthConfig? config)
    {
        var defaults = new HealthOptions();
        var day = TimeSpan.FromDays(1);
        var options = new HealthOptions
        {
            AllowedFailures =
                problems.Count("health.allowed_fails", config?.AllowedFails, 1, 1_000) ?? defaults.AllowedFailures,
            Cooldown = problems.Duration("health.cooldown", config?.Cooldown, day) ?? defaults.Cooldown,
            MaxCooldown = problems.Duration("health.max_cooldown", config?.MaxCooldown, day) ?? defaults.MaxCooldown,
        };
        if (options.MaxCooldown >= options.Cooldown)
        {
            return options;
        }

        if (config?.MaxCooldown is not null)
        {
            problems.Error(
                "health.max_cooldown",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The longest cooldown is below the first one ({options.Cooldown.TotalSeconds}s)."
                ),
                "Raise max_cooldown or lower cooldown."
            );
        }

        return options with
        {
            MaxCooldown = options.Cooldown,
        };
    }

    public static string? StorePath(ProblemList problems, StoreConfig? config)
    {
        if (config?.Path is { } path && (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)))
        {
            problems.Error("store.path", "The value is not a file name.", "Use a path such as ./data/wye.db.");
        }

        return config?.Path;
    }

    // Longer than any budget's window that ends, so that nothing goes within an open one.
    public static int? Retention(ProblemList problems, StoreConfig? config) =>
        problems.Count("store.retention", config?.Retention, MinRetentionDays, MaxRetentionDays);

    public static bool Relaxed(ProblemList problems, StoreConfig? config)
    {
        if (config?.Ledger is not (null or "durable" or "relaxed"))
        {
            problems.Error(
                "store.ledger",
                $"{problems.Show("store.ledger", config.Ledger)} is not known here.",
                "Use durable or relaxed."
            );
        }

        return config?.Ledger is "relaxed";
    }

    private static IPAddress? Address(ProblemList problems, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (string.Equals(text, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        problems.Error(
            "server.address",
            $"{problems.Show("server.address", text)} is not an IP address.",
            "Use 127.0.0.1, or 0.0.0.0 to be reached from other machines."
        );
        return null;
    }
}
