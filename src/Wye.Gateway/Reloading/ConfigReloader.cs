using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using Wye.Hosting;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving;
using Wye.Hosting.Telemetry;

namespace Wye.Gateway.Reloading;

/// <summary>Loads the configuration anew and puts it in force whole; one with errors changes nothing (G01). Thread-safe.</summary>
internal sealed class ConfigReloader : IDisposable
{
    private readonly GatewayHostOptions _options;
    private readonly SnapshotPublisher _publisher;
    private readonly WyeSnapshot _started;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Counter<long> _reloads;
    private volatile ConfigStatus _status;

    public ConfigReloader(
        GatewayHostOptions options,
        SnapshotPublisher publisher,
        BuildResult started,
        IMeterFactory meters
    )
    {
        _options = options;
        _publisher = publisher;
        _started = started.Snapshot!;
        var meter = meters.Create(new MeterOptions(WyeMetrics.MeterName));
        _reloads = meter.CreateCounter<long>(
            "wye.config.reloads",
            "{reload}",
            "Reloads of the configuration by result."
        );
        meter.CreateObservableGauge(
            "wye.config.version",
            () => _status!.Version,
            "{version}",
            "Version of the configuration in force."
        );
        var now = options.Time.GetUtcNow();
        _status = new ConfigStatus
        {
            Version = _started.Routing.Version,
            LoadedAt = now,
            TriedAt = now,
            Result = ReloadResult.Started,
            Problems = started.Problems,
        };
    }

    /// <summary>What is in force and what came of the last try.</summary>
    public ConfigStatus Status => _status;

    /// <summary>Where the configuration comes from.</summary>
    public string Source =>
        _options.ConfigPath ?? (_options.ConfigText is not null ? "given by the host" : "the environment");

    /// <summary>Reloads; tries that come together follow one another.</summary>
    public async Task<ConfigStatus> ReloadAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var version = _status.Version + 1;
            var (next, problems) = await BuildAsync(version, cancellationToken);
            var now = _options.Time.GetUtcNow();
            if (next is not null && Publish(next, ref problems))
            {
                _status = new ConfigStatus
                {
                    Version = version,
                    LoadedAt = now,
                    TriedAt = now,
                    Result = ReloadResult.Applied,
                    Problems = problems,
                };
            }
            else
            {
                _status = _status with { TriedAt = now, Result = ReloadResult.Rejected, Problems = problems };
            }

            Tell(_status);
            return _status;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<BuildResult> BuildAsync(long version, CancellationToken cancellationToken)
    {
        try
        {
            var built = await GatewayConfiguration.BuildAsync(_options, version, cancellationToken);
            return built.Snapshot is not { } next
                ? built
                : built with
                {
                    Problems =
                    [
                        .. built.Problems,
                        .. RestartNeeds.Find(_started, next, _options.ConfigPath, _options.Listen is not null),
                    ],
                };
        }
        catch (GatewayConfigurationException fault)
        {
            return new BuildResult(null, fault.Problems.IsEmpty ? [Whole(fault.Message)] : fault.Problems);
        }
    }

    private bool Publish(WyeSnapshot next, ref ImmutableArray<ConfigProblem> problems)
    {
        try
        {
            _publisher.Publish(next);
            return true;
        }
        catch (ArgumentException fault)
        {
            problems = problems.Add(Whole(fault.Message));
            return false;
        }
    }

    private ConfigProblem Whole(string what) =>
        new()
        {
            File = _options.ConfigPath,
            Path = "",
            What = what,
            Fix = "",
        };

    private void Tell(ConfigStatus status)
    {
        var applied = status.Result == ReloadResult.Applied;
        _reloads.Add(1, new KeyValuePair<string, object?>("result", applied ? "applied" : "rejected"));
        if (_options.Notices is not { } notices)
        {
            return;
        }

        foreach (var problem in status.Problems)
        {
            notices.WriteLine(problem);
        }

        notices.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"wye: {(applied ? "reloaded" : "not reloaded")} {Source}: version {status.Version} {(applied ? "is in force." : "stays in force.")}"
            )
        );
    }
}
