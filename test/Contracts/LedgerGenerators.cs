using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Contracts;

/// <summary>Random ledger rows with every field at its extremes.</summary>
internal static class LedgerGenerators
{
    private static readonly Gen<string> Text = Gen.Elements(
        "",
        "auto",
        "a b\tc\nd",
        "'; DROP TABLE requests; --",
        "ünïcödé 漢字 🚦",
        "nul\0inside",
        new string('x', 5_000)
    );

    private static readonly Gen<string> Name = Gen.Elements("small", "gpt-4o-mini", "provider/model", "ü");

    private static readonly Gen<long> Count = Gen.OneOf(
        Gen.Elements(0L, 1L, long.MaxValue),
        Gen.Choose(0, 1_000_000).Select(n => (long)n)
    );

    private static readonly Gen<long> Money = Gen.OneOf(
        Gen.Elements(0L, 1L, -1L, long.MaxValue, long.MinValue, 1L << 32, -(1L << 32)),
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => n * 1_000_003L)
    );

    private static readonly Gen<double> Real = Gen.OneOf(
        Gen.Elements(0d, double.Epsilon, double.MaxValue, 0.1),
        Gen.Choose(0, int.MaxValue).Select(n => n / 1000d)
    );

    private static readonly Gen<int> Integer = Gen.OneOf(Gen.Elements(0, 1, int.MaxValue), Gen.Choose(0, 600));

    private static readonly Gen<bool> Flag = Gen.Elements(true, false);

    // Whole microseconds; offsets differ, the moment counts.
    private static readonly Gen<DateTimeOffset> Time =
        from seconds in Gen.Choose(int.MinValue, int.MaxValue)
        from micros in Gen.Choose(0, 999_999)
        from hours in Gen.Choose(-14, 14)
        select DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddMicroseconds(micros).ToOffset(TimeSpan.FromHours(hours));

    private static readonly Gen<Usage> Usages =
        from input in Count
        from read in Count
        from write in Count
        from output in Count
        from reasoning in Count
        from hour in Count
        from audio in Count
        from tier in Gen.Elements<ServiceTier>(Enum.GetValues<ServiceTier>())
        select new Usage
        {
            InputTokens = input,
            CacheReadTokens = read,
            CacheWriteTokens = write,
            OutputTokens = output,
            ReasoningTokens = reasoning,
            CacheWriteHourTokens = hour,
            AudioInputTokens = audio,
            ImageInputTokens = hour / 2,
            AudioOutputTokens = audio / 2,
            ServiceTier = tier,
        };

    public static Gen<LedgerRecord> Record(string id) => Gen.OneOf(Any(id), Answered(id));

    public static Gen<LedgerRecord[]> Records(string prefix) =>
        from count in Gen.Choose(1, 8)
        from records in Gen.CollectToList(Enumerable.Range(0, count), i => Record($"{prefix}_{i}"))
        select records.ToArray();

    private static Gen<LedgerRecord> Any(string id) =>
        from request in Request(id)
        from count in Gen.Choose(0, 5)
        from attempts in Gen.CollectToList(Enumerable.Range(1, count), number => Attempt(id, number))
        select new LedgerRecord(request, [.. attempts]);

    // Its row says what the only call says, but perhaps in one field.
    private static Gen<LedgerRecord> Answered(string id) =>
        from request in Request(id)
        from attempt in Attempt(id, 1)
        from differs in Gen.Choose(0, 20)
        select new LedgerRecord(
            request with
            {
                Model = differs == 0 ? request.Model : attempt.Model,
                Deployment = differs == 1 ? request.Deployment : attempt.Deployment,
                Usage = differs == 2 ? request.Usage : attempt.Usage,
                Estimated = differs == 3 ? request.Estimated : attempt.Estimated,
                Cost = differs == 4 ? request.Cost : attempt.Cost ?? Usd.Zero,
                Status = differs == 5 ? request.Status : attempt.Status ?? 0,
                Failure = differs == 6 ? request.Failure : attempt.Failure,
                Expected = null,
            },
            [attempt with { Node = differs == 7 ? attempt.Node : 0, Cause = differs == 8 ? attempt.Cause : "first" }]
        );

    private static Gen<RequestEntry> Request(string id) =>
        from at in Time
        from key in Name
        from asked in Text
        from policy in Text
        from kind in Gen.Elements<StepKind>(Enum.GetValues<StepKind>())
        from step in Maybe(Text)
        from run in Maybe(Text)
        from tier in Maybe(Name)
        from model in Maybe(Name)
        from deployment in Maybe(Name)
        from why in Text
        from strong in Maybe(Name)
        from usage in Usages
        from cost in Money
        from strongCost in Money
        from flags in Flag.ListOf(4)
        from numbers in Integer.ListOf(3)
        from reals in Real.ListOf(3)
        from failure in Gen.Elements<FailureKind>(Enum.GetValues<FailureKind>())
        select new RequestEntry
        {
            Id = new(id),
            At = at,
            Key = new(key),
            Route = new(key + "-route"),
            RequestedModel = asked,
            Policy = policy,
            StepKind = kind,
            Step = step,
            Run = run,
            Tier = tier is null ? null : new TierName(tier),
            Model = model is null ? null : new ModelId(model),
            Deployment = deployment is null ? null : new DeploymentId(deployment),
            Why = why,
            QueryLength = numbers[0],
            Usage = usage,
            Estimated = flags[0],
            Cost = new(cost),
            Unpriced = flags[1],
            Strong = strong is null ? null : new ModelId(strong),
            StrongCost = flags[1] ? new Usd(strongCost) : null,
            Counterfactual = flags[0]
                ? new Counterfactual
                {
                    Strong = flags[1] ? new CostRange(new(cost), new(strongCost), new(long.MaxValue)) : null,
                    CheapestModel = model is null ? null : new ModelId(model),
                    Cheapest = flags[2] ? new CostRange(new(1), new(cost), new(strongCost)) : null,
                    PreviousPolicy = step,
                    PreviousModel = strong is null ? null : new ModelId(strong),
                    Previous = flags[3] ? new CostRange(new(strongCost), new(cost), new(2)) : null,
                }
                : null,
            DecisionMicroseconds = reals[0],
            FirstTokenMilliseconds = flags[2] ? reals[1] : null,
            TotalMilliseconds = reals[2],
            Attempts = numbers[1],
            Stream = flags[3],
            Status = numbers[2],
            Failure = flags[2] ? failure : null,
            Expected =
                model is not null && flags[3]
                    ? new QualityExpectation(
                        new ModelId(model),
                        key + "-basis",
                        PromptPosition.Of([.. reals.Select(real => (float)(real % 1))]),
                        numbers[1]
                    )
                    : null,
        };

    private static Gen<AttemptEntry> Attempt(string request, int number) =>
        from at in Time
        from cause in Text
        from model in Name
        from usage in Usages
        from estimated in Flag
        from priced in Flag
        from cost in Money
        from reals in Real.ListOf(2)
        from numbers in Integer.ListOf(2)
        from answered in Flag
        from failure in Gen.Elements<FailureKind>(Enum.GetValues<FailureKind>())
        select new AttemptEntry
        {
            Request = new(request),
            Number = number,
            At = at,
            Node = numbers[0],
            Cause = cause,
            Model = new(model),
            Deployment = new("p/" + model),
            Usage = usage,
            Estimated = estimated,
            Cost = priced ? new Usd(cost) : null,
            Price = priced ? new Price(new(Math.Abs(cost % 1000)), new(numbers[0])).Facts : null,
            FirstTokenMilliseconds = answered ? reals[0] : null,
            TotalMilliseconds = reals[1],
            Status = answered ? numbers[1] : null,
            Failure = answered ? null : failure,
        };

    private static Gen<string?> Maybe(Gen<string> text) =>
        Gen.Frequency((3, text.Select(value => (string?)value)), (1, Gen.Constant<string?>(null)));
}
