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
        using var log = new RecordingLog();
        using var watch = new SoftBudgetWatch(log.Of<SoftBudgetWatch>());
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
        log.Lines.Select(line => $"{line.Event}: {line.Message}")
            .ShouldBe([
                "wye.budget.soft_limit_passed: More was spent from soft budget each-user than its 5 USD, in the Month that began "
                    + "2026-03-01T00:00:00.0000000+00:00. Calls go on; make it hard to stop them.",
            ]);
    }
}
