using System.Collections.Immutable;
using System.Globalization;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;

namespace Wye.Gateway.Reloading;

/// <summary>What a reload cannot change: settings that the process took at its start.</summary>
internal static class RestartNeeds
{
    /// <summary>One warning for each setting that differs from what the process runs with.</summary>
    /// <param name="running">As started.</param>
    /// <param name="next">As reloaded.</param>
    /// <param name="file">Its file, for the messages; null = there is none.</param>
    /// <param name="addressGiven">Whether the address was given outside of the configuration, so that it does not count.</param>
    public static ImmutableArray<ConfigProblem> Find(
        WyeSnapshot running,
        WyeSnapshot next,
        string? file,
        bool addressGiven
    )
    {
        var (old, now) = (running.Server, next.Server);
        var needs = ImmutableArray.CreateBuilder<ConfigProblem>();
        if (!addressGiven)
        {
            Compare("server.address", old.Address, now.Address);
            Compare("server.port", old.Port, now.Port);
        }

        Compare("server.max_connections", old.MaxConnections, now.MaxConnections);
        Compare("server.drain_delay", old.DrainDelay, now.DrainDelay);
        Compare("server.drain_limit", old.DrainLimit, now.DrainLimit);
        Compare("store.path", running.StorePath ?? "the data folder", next.StorePath ?? "the data folder");
        Compare("store.ledger", Mode(running), Mode(next));
        Compare("store.retention", Retention(running), Retention(next));
        return needs.ToImmutable();

        static string Mode(WyeSnapshot snapshot) => snapshot.RelaxedLedger ? "relaxed" : "durable";

        static string Retention(WyeSnapshot snapshot) =>
            snapshot.RetentionDays?.ToString(CultureInfo.InvariantCulture) ?? "for ever";

        void Compare<T>(string path, T before, T after)
        {
            if (!EqualityComparer<T>.Default.Equals(before, after))
            {
                var kept = Convert.ToString(before, CultureInfo.InvariantCulture);
                needs.Add(
                    new ConfigProblem
                    {
                        Severity = ConfigSeverity.Warning,
                        File = file,
                        Path = path,
                        What = $"The change needs a restart; until then it stays {kept}.",
                        Fix = "Restart Wye when it suits, or undo the change.",
                    }
                );
            }
        }
    }
}
