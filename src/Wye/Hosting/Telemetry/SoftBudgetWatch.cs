using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wye.Ledger.Budgets;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>
/// Tells when a soft budget's limit is passed: an event in the log and a count, once per spender and window. Names the budget, never
/// who spent: callers name users. Thread-safe.
/// </summary>
internal sealed class SoftBudgetWatch : IDisposable
{
    private readonly ILogger _logger;
    private readonly Meter _meter;
    private readonly Counter<long> _passed;

    /// <summary>Creates the instrument.</summary>
    /// <param name="logger">Hears of it; null = nobody does.</param>
    /// <param name="meters">The host's meters; null = a meter of its own.</param>
    public SoftBudgetWatch(ILogger<SoftBudgetWatch>? logger = null, IMeterFactory? meters = null)
    {
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _meter = meters?.Create(new MeterOptions(WyeMetrics.MeterName)) ?? new Meter(WyeMetrics.MeterName);
        _passed = _meter.CreateCounter<long>(
            "wye.budget.soft_limits_passed",
            "{budget}",
            "Soft budgets of which more than the limit was spent, once per spender and window."
        );
    }

    /// <summary>Hears of a limit that was passed.</summary>
    public void OnPassed(AccountId account, Usd limit)
    {
        _passed.Add(1, new KeyValuePair<string, object?>("budget", account.Budget));
        _logger.SoftLimitPassed(
            account.Budget,
            limit.ToDollars(),
            account.Window.ToString(),
            account.Start.ToString("O", CultureInfo.InvariantCulture)
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
