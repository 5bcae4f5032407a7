using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Wye.Cli.Terminals;
using Wye.Ledger.Reports;

namespace Wye.Cli.Reports;

/// <summary>The ledger beside a provider's bill, per day and model; exact in p$.</summary>
internal sealed class Reconciliation
{
    private Reconciliation(ImmutableArray<Line> lines) => Lines = lines;

    /// <summary>Every day and model that either of them names.</summary>
    public ImmutableArray<Line> Lines { get; }

    /// <summary>Lines on which they differ.</summary>
    public IEnumerable<Line> Differing => Lines.Where(line => line.Difference != 0);

    public static Reconciliation Of(IReadOnlyList<BillRow> bill, IReadOnlyList<CallRow> calls)
    {
        var billed = bill.ToDictionary(row => (row.Day, row.Model), row => row.Cost);
        var booked = calls
            .GroupBy(call => (call.Day, Model: BillFile.ModelOf(call.Model.Value)))
            .ToDictionary(
                group => group.Key,
                group =>
                    (
                        Cost: group.Aggregate(Int128.Zero, (sum, call) => sum + call.Cost),
                        Calls: group.Sum(call => call.Calls),
                        Estimated: group.Sum(call => call.Estimated),
                        Corrected: group.Aggregate(Int128.Zero, (sum, call) => sum + call.Corrected)
                    )
            );
        return new Reconciliation([
            .. billed
                .Keys.Union(booked.Keys)
                .OrderBy(key => key.Day)
                .ThenBy(key => key.Model, StringComparer.Ordinal)
                .Select(key =>
                {
                    var own = booked.GetValueOrDefault(key);
                    return new Line(key.Day, key.Model, own.Cost, billed.GetValueOrDefault(key))
                    {
                        Calls = own.Calls,
                        Estimated = own.Estimated,
                        Corrected = own.Corrected,
                        OnlyBilled = !booked.ContainsKey(key),
                        OnlyBooked = !billed.ContainsKey(key),
                    };
                }),
        ]);
    }

    public void Print(Terminal terminal)
    {
        var table = new TextTable("day", "model", "calls>", "ledger>", "bill>", "difference>", "");
        foreach (var line in Lines)
        {
            table.Add(
                Day(line.Day),
                line.Model,
                line.Calls.ToString("N0", CultureInfo.InvariantCulture),
                Amount.Text(line.Booked),
                Amount.Text(line.Billed),
                line.Difference == 0 ? "0" : Amount.Text(line.Difference),
                line.Note
            );
        }

        terminal.Table(table);
        var (booked, billed) = (Sum(line => line.Booked), Sum(line => line.Billed));
        terminal.Line(
            $"ledger {Amount.Text(booked)}, bill {Amount.Text(billed)}, difference {Amount.Text(billed - booked)} on {Differing.Count()} of {Lines.Length} lines"
        );
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("ledger_picodollars", Text(Sum(line => line.Booked)));
        json.WriteString("bill_picodollars", Text(Sum(line => line.Billed)));
        json.WriteString("difference_picodollars", Text(Sum(line => line.Difference)));
        json.WriteNumber("differing_lines", Differing.Count());
        json.WriteStartArray("lines");
        foreach (var line in Lines)
        {
            json.WriteStartObject();
            json.WriteString("day", Day(line.Day));
            json.WriteString("model", line.Model);
            json.WriteNumber("calls", line.Calls);
            json.WriteNumber("estimated_calls", line.Estimated);
            json.WriteString("ledger_picodollars", Text(line.Booked));
            json.WriteString("corrected_picodollars", Text(line.Corrected));
            json.WriteString("bill_picodollars", Text(line.Billed));
            json.WriteString("difference_picodollars", Text(line.Difference));
            json.WriteString("note", line.Note);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private Int128 Sum(Func<Line, Int128> part) => Lines.Aggregate(Int128.Zero, (sum, line) => sum + part(line));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(Int128 amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>One day and model.</summary>
    internal sealed record Line(DateOnly Day, string Model, Int128 Booked, Int128 Billed)
    {
        public long Calls { get; init; }

        public long Estimated { get; init; }

        /// <summary>What corrections add up to; part of the ledger's side.</summary>
        public Int128 Corrected { get; init; }

        public bool OnlyBilled { get; init; }

        public bool OnlyBooked { get; init; }

        /// <summary>What the bill says more than the ledger.</summary>
        public Int128 Difference => Billed - Booked;

        public string Note =>
            OnlyBilled ? "not in the ledger"
            : OnlyBooked ? "not on the bill"
            : Difference != 0 && Estimated > 0 ? $"{Estimated} estimated"
            : Corrected != 0 ? $"corrected by {Amount.Text(Corrected)}"
            : "";
    }
}
