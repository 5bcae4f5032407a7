using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Tables;

namespace Wye.Sqlite.Calls;

/// <summary>
/// A finished request as it stands in the file of a process until a transaction takes it: all its fields in order, after a number
/// that says in which. Only a process that comes after a kill reads it.
/// </summary>
internal static class RecordCodec
{
    // To be raised whenever a field is added. Another one is not read: the call counts as open then.
    private const int Form = 2;

    /// <returns>Bytes written; null = the record does not fit, or cannot stand there.</returns>
    public static int? Write(LedgerRecord record, Span<byte> bytes)
    {
        if (!record.Corrections.IsEmpty)
        {
            return null;
        }

        var fields = new FieldWriter(bytes);
        fields.Number(Form);
        Write(ref fields, record.Request);
        WriteCalls(ref fields, record);
        fields.Flag(record.HasIntents);
        return fields.Fits ? fields.Length : null;
    }

    /// <returns>Null = it was not written whole, or in another form.</returns>
    public static LedgerRecord? Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        try
        {
            if (fields.Number() != Form)
            {
                return null;
            }

            var request = ReadRequest(ref fields);
            return new LedgerRecord(request, ReadCalls(ref fields, request)) { HasIntents = fields.Flag() };
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(ref FieldWriter fields, RequestEntry entry)
    {
        fields.Text(entry.Id.Value);
        fields.Moment(entry.At);
        fields.Text(entry.Key.Value);
        fields.Text(entry.Route.Value);
        fields.Text(entry.RequestedModel);
        fields.Text(entry.Policy);
        fields.Text(entry.StepKind.Name());
        fields.Text(entry.Step);
        fields.Text(entry.Run);
        fields.Text(entry.Tier?.Value);
        fields.Text(entry.Model?.Value);
        fields.Text(entry.Deployment?.Value);
        fields.Text(entry.Why);
        fields.Number(entry.QueryLength);
        Write(ref fields, entry.Usage);
        fields.Flag(entry.Estimated);
        fields.Number(entry.Cost.PicoDollars);
        fields.Flag(entry.Unpriced);
        fields.Text(entry.Strong?.Value);
        fields.Optional(entry.StrongCost?.PicoDollars);
        Write(ref fields, entry.Counterfactual);
        fields.Real(entry.DecisionMicroseconds);
        fields.Optional(entry.FirstTokenMilliseconds);
        fields.Real(entry.TotalMilliseconds);
        fields.Number(entry.Attempts);
        fields.Flag(entry.Stream);
        Write(ref fields, entry.Expected);
        fields.Number(entry.Status);
        fields.Name(entry.Failure);
    }

    private static RequestEntry ReadRequest(ref FieldReader fields) =>
        new()
        {
            Id = new(fields.Required()),
            At = fields.Moment(),
            Key = new(fields.Text()!),
            Route = new(fields.Text()!),
            RequestedModel = fields.Required(),
            Policy = fields.Required(),
            StepKind = StepKinds.TryParse(fields.Text(), out var kind) ? kind : StepKind.Chat,
            Step = fields.Text(),
            Run = fields.Text(),
            Tier = fields.Text() is { } tier ? new TierName(tier) : null,
            Model = fields.Text() is { } model ? new ModelId(model) : null,
            Deployment = fields.Text() is { } deployment ? new DeploymentId(deployment) : null,
            Why = fields.Required(),
            QueryLength = (int)fields.Number(),
            Usage = ReadUsage(ref fields),
            Estimated = fields.Flag(),
            Cost = new(fields.Number()),
            Unpriced = fields.Flag(),
            Strong = fields.Text() is { } strong ? new ModelId(strong) : null,
            StrongCost = fields.OptionalNumber() is { } cost ? new Usd(cost) : null,
            Counterfactual = ReadCounterfactual(ref fields),
            DecisionMicroseconds = fields.Real(),
            FirstTokenMilliseconds = fields.OptionalReal(),
            TotalMilliseconds = fields.Real(),
            Attempts = (int)fields.Number(),
            Stream = fields.Flag(),
            Expected = ReadExpected(ref fields),
            Status = (int)fields.Number(),
            Failure = fields.Name<FailureKind>(),
        };

    // All fields of each, or of the only one what its request does not say.
    private static void WriteCalls(ref FieldWriter fields, LedgerRecord record)
    {
        var only = OnlyCall.Of(record);
        fields.Flag(only is not null);
        if (only is not null)
        {
            fields.Moment(only.At);
            Write(ref fields, only.Price);
            fields.Optional(only.FirstTokenMilliseconds);
            fields.Real(only.TotalMilliseconds);
            return;
        }

        fields.Number(record.Attempts.Length);
        foreach (var attempt in record.Attempts)
        {
            Write(ref fields, attempt);
        }
    }

    private static ImmutableArray<AttemptEntry> ReadCalls(ref FieldReader fields, RequestEntry request)
    {
        if (fields.Flag())
        {
            return [OnlyCall.Of(request, fields.Moment(), ReadPrice(ref fields), fields.OptionalReal(), fields.Real())];
        }

        var attempts = ImmutableArray.CreateBuilder<AttemptEntry>();
        for (var left = fields.Number(); left > 0; left--)
        {
            attempts.Add(ReadAttempt(ref fields));
        }

        return attempts.ToImmutable();
    }

    private static void Write(ref FieldWriter fields, AttemptEntry entry)
    {
        fields.Text(entry.Request.Value);
        fields.Number(entry.Number);
        fields.Moment(entry.At);
        fields.Number(entry.Node);
        fields.Text(entry.Cause);
        fields.Text(entry.Model.Value);
        fields.Text(entry.Deployment.Value);
        Write(ref fields, entry.Usage);
        fields.Flag(entry.Estimated);
        fields.Optional(entry.Cost?.PicoDollars);
        Write(ref fields, entry.Price);
        fields.Optional(entry.FirstTokenMilliseconds);
        fields.Real(entry.TotalMilliseconds);
        fields.Optional(entry.Status);
        fields.Name(entry.Failure);
    }

    private static AttemptEntry ReadAttempt(ref FieldReader fields) =>
        new()
        {
            Request = new(fields.Required()),
            Number = (int)fields.Number(),
            At = fields.Moment(),
            Node = (int)fields.Number(),
            Cause = fields.Required(),
            Model = new(fields.Required()),
            Deployment = new(fields.Required()),
            Usage = ReadUsage(ref fields),
            Estimated = fields.Flag(),
            Cost = fields.OptionalNumber() is { } cost ? new Usd(cost) : null,
            Price = ReadPrice(ref fields),
            FirstTokenMilliseconds = fields.OptionalReal(),
            TotalMilliseconds = fields.Real(),
            Status = (int?)fields.OptionalNumber(),
            Failure = fields.Name<FailureKind>(),
        };

    private static void Write(ref FieldWriter fields, PriceFacts? price)
    {
        fields.Flag(price is not null);
        if (price is not null)
        {
            fields.Text(price.Version);
            fields.Text(price.Text);
        }
    }

    private static PriceFacts? ReadPrice(ref FieldReader fields) =>
        fields.Flag() ? new PriceFacts(fields.Required(), fields.Required()) : null;

    private static void Write(ref FieldWriter fields, in Usage usage)
    {
        fields.Number(usage.InputTokens);
        fields.Number(usage.CacheReadTokens);
        fields.Number(usage.CacheWriteTokens);
        fields.Number(usage.CacheWriteHourTokens);
        fields.Number(usage.AudioInputTokens);
        fields.Number(usage.ImageInputTokens);
        fields.Number(usage.OutputTokens);
        fields.Number(usage.ReasoningTokens);
        fields.Number(usage.AudioOutputTokens);
        fields.Text(usage.ServiceTier.Name());
    }

    private static Usage ReadUsage(ref FieldReader fields) =>
        new()
        {
            InputTokens = fields.Number(),
            CacheReadTokens = fields.Number(),
            CacheWriteTokens = fields.Number(),
            CacheWriteHourTokens = fields.Number(),
            AudioInputTokens = fields.Number(),
            ImageInputTokens = fields.Number(),
            OutputTokens = fields.Number(),
            ReasoningTokens = fields.Number(),
            AudioOutputTokens = fields.Number(),
            ServiceTier = ServiceTiers.Parse(fields.Text()),
        };

    private static void Write(ref FieldWriter fields, Counterfactual? other)
    {
        fields.Flag(other is not null);
        if (other is not null)
        {
            Write(ref fields, other.Strong);
            fields.Text(other.CheapestModel?.Value);
            Write(ref fields, other.Cheapest);
            fields.Text(other.PreviousPolicy);
            fields.Text(other.PreviousModel?.Value);
            Write(ref fields, other.Previous);
        }
    }

    private static Counterfactual? ReadCounterfactual(ref FieldReader fields) =>
        fields.Flag()
            ? new()
            {
                Strong = ReadRange(ref fields),
                CheapestModel = fields.Text() is { } cheapest ? new ModelId(cheapest) : null,
                Cheapest = ReadRange(ref fields),
                PreviousPolicy = fields.Text(),
                PreviousModel = fields.Text() is { } previous ? new ModelId(previous) : null,
                Previous = ReadRange(ref fields),
            }
            : null;

    private static void Write(ref FieldWriter fields, CostRange? range)
    {
        fields.Flag(range is not null);
        if (range is { } known)
        {
            fields.Number(known.Low.PicoDollars);
            fields.Number(known.Expected.PicoDollars);
            fields.Number(known.High.PicoDollars);
        }
    }

    private static CostRange? ReadRange(ref FieldReader fields) =>
        fields.Flag() ? new CostRange(new(fields.Number()), new(fields.Number()), new(fields.Number())) : null;

    private static void Write(ref FieldWriter fields, QualityExpectation? expected)
    {
        fields.Flag(expected is not null);
        if (expected is not null)
        {
            fields.Text(expected.Model.Value);
            fields.Text(expected.Basis);
            fields.Bytes(expected.Position.Bytes);
            fields.Number(expected.Millionths);
        }
    }

    private static QualityExpectation? ReadExpected(ref FieldReader fields) =>
        fields.Flag()
            ? new(new(fields.Required()), fields.Required(), PromptPosition.Read(fields.Bytes()), (int)fields.Number())
            : null;
}
