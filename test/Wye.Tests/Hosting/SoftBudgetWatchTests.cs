using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Wye.Hosting.Telemetry;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Hosting;

public sealed class SoftBudgetWatchTests
{
    [Fact]
    public void LimitThatIsPassed_IsAnEventAndACount_WithoutTheSpender()
    {
        var lines = new Lines();
        using var watch = new SoftBudgetWatch(lines);
        using var listener = new MeterListener();
        var counted = new List<string>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "wye.budget.soft_limits_passed")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => counted.Add($"{value} {tags[0].Key}={tags[0].Value}")
        );
        listener.Start();
        var budget = new Budget
        {
            Name = "each-user",
            Scope = BudgetScope.User,
            Limit = Usd.FromDollars(5),
            Hard = false,
        };

        watch.OnPassed(AccountId.At(new(budget, "ann@example.org"), A.Moment), budget.Limit);

        counted.ShouldBe(["1 budget=each-user"]);
        lines.Texts.ShouldBe([
            "wye.budget.soft_limit_passed: More was spent from soft budget each-user than its 5 USD, in the Month that began "
                + "2026-03-01T00:00:00.0000000+00:00. Calls go on; make it hard to stop them.",
        ]);
    }

    private sealed class Lines : ILogger<SoftBudgetWatch>
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Texts.Add($"{eventId.Name}: {formatter(state, exception)}");
    }
}
