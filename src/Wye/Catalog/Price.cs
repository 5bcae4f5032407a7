using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>What one token costs, by kind. An unknown price is a missing <see cref="Price"/>, never zero.</summary>
/// <param name="Input">Per input token.</param>
/// <param name="Output">Per output token, reasoning included.</param>
/// <param name="CacheRead">Per input token read from the provider's prompt cache; null = as <paramref name="Input"/>.</param>
/// <param name="CacheWrite">Per input token written to that cache; null = as <paramref name="Input"/>.</param>
public sealed record Price(Usd Input, Usd Output, Usd? CacheRead = null, Usd? CacheWrite = null)
{
    // With whose they are: a copy with another figure must not go by the old facts.
    private Description? _known;

    /// <summary>A local model: nothing is paid per token.</summary>
    public static Price Free { get; } = new(Usd.Zero, Usd.Zero);

    /// <summary>Per input token written to the cache for an hour; null = as <see cref="CacheWrite"/>.</summary>
    public Usd? CacheWriteHour { get; init; }

    /// <summary>Per output token of hidden reasoning; null = as <see cref="Output"/>.</summary>
    public Usd? Reasoning { get; init; }

    /// <summary>Per input token of sound; null = as <see cref="Input"/>.</summary>
    public Usd? AudioInput { get; init; }

    /// <summary>Per output token of sound; null = as <see cref="Output"/>.</summary>
    public Usd? AudioOutput { get; init; }

    /// <summary>Per input token of images; null = as <see cref="Input"/>.</summary>
    public Usd? ImageInput { get; init; }

    /// <summary>Per call that was answered or billed, besides its tokens; default nothing.</summary>
    public Usd PerRequest { get; init; }

    /// <summary>Prices of long prompts, shortest first; the last one that fits holds for the whole call.</summary>
    public ImmutableArray<PriceStep> Steps { get; init; } = [];

    /// <summary>Prices of other service tiers.</summary>
    public ImmutableArray<ServicePrice> Tiers { get; init; } = [];

    /// <summary>The price as it is kept beside what was counted with it.</summary>
    public PriceFacts Facts =>
        _known is { } known && ReferenceEquals(known.Of, this)
            ? known.Facts
            : (_known = new Description(this, Describe())).Facts;

    /// <summary>Whether every figure is the same.</summary>
    public bool Equals(Price? other) =>
        other is not null
        && (ReferenceEquals(this, other) || string.Equals(Facts.Text, other.Facts.Text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Facts.Version);

    /// <summary>Exact cost of <paramref name="usage"/>; nothing for a call that used nothing.</summary>
    /// <exception cref="OverflowException">The sum leaves the range of <see cref="Usd"/>.</exception>
    public Usd CostOf(in Usage usage) => For(usage).Sum(usage);

    /// <summary>Whether the tier the provider served has a price of its own here.</summary>
    public bool Knows(ServiceTier tier)
    {
        if (tier == ServiceTier.Standard)
        {
            return true;
        }

        foreach (var other in Tiers)
        {
            if (other.Tier == tier)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Most that a prompt of at most that many tokens can cost, fees included, whatever of it is cached.</summary>
    /// <param name="tokens">Its tokens at most.</param>
    /// <param name="kinds">What else it may be billed for.</param>
    public Usd DearestPrompt(long tokens, BilledKinds kinds = BilledKinds.All)
    {
        var dearest = Dearest(tokens, kinds, static (price, may) => price.DearestInput(may), static p => p.PerRequest);
        return new Usd((long)Int128.Min(dearest.PerToken * tokens + dearest.Fee, long.MaxValue));
    }

    /// <summary>Most that one output token can cost after a prompt of at most that many tokens.</summary>
    /// <param name="promptTokens">The prompt's tokens at most.</param>
    /// <param name="kinds">What else it may be billed for.</param>
    public Usd DearestOutput(long promptTokens, BilledKinds kinds = BilledKinds.All) =>
        new(
            (long)
                Dearest(
                    promptTokens,
                    kinds,
                    static (p, may) => p.DearestOutputToken(may),
                    static _ => Usd.Zero
                ).PerToken
        );

    private long DearestInput(BilledKinds kinds) =>
        Largest(
            Input,
            CacheRead,
            CacheWrite,
            ImageInput,
            (kinds & BilledKinds.HourCache) != BilledKinds.Plain ? CacheWriteHour : null,
            (kinds & BilledKinds.Sound) != BilledKinds.Plain ? AudioInput : null
        ).PicoDollars;

    private long DearestOutputToken(BilledKinds kinds) =>
        Largest(Output, Reasoning, (kinds & BilledKinds.Sound) != BilledKinds.Plain ? AudioOutput : null).PicoDollars;

    private (Int128 PerToken, Int128 Fee) Dearest(
        long prompt,
        BilledKinds kinds,
        Func<Price, BilledKinds, long> token,
        Func<Price, Usd> fee
    )
    {
        Int128 most = token(this, kinds);
        Int128 fees = fee(this).PicoDollars;
        foreach (var step in Steps)
        {
            if (prompt > step.AbovePromptTokens)
            {
                Take(step.Price.Dearest(prompt, kinds, token, fee));
            }
        }

        if ((kinds & BilledKinds.OtherTiers) == BilledKinds.Plain)
        {
            return (most, fees);
        }

        foreach (var tier in Tiers)
        {
            Take(tier.Price.Dearest(prompt, kinds, token, fee));
        }

        return (most, fees);

        void Take((Int128 PerToken, Int128 Fee) other) =>
            (most, fees) = (Int128.Max(most, other.PerToken), Int128.Max(fees, other.Fee));
    }

    private Price For(in Usage usage)
    {
        var price = this;
        foreach (var tier in Tiers)
        {
            price = tier.Tier == usage.ServiceTier ? tier.Price : price;
        }

        var (chosen, prompt) = (price, usage.PromptTokens);
        foreach (var step in price.Steps)
        {
            chosen = prompt > step.AbovePromptTokens ? step.Price : chosen;
        }

        return chosen;
    }

    private Usd Sum(in Usage usage)
    {
        if (usage.PromptTokens == 0 && usage.OutputTokens == 0)
        {
            return Usd.Zero;
        }

        var plain = usage.OutputTokens - usage.ReasoningTokens - usage.AudioOutputTokens;
        return PerRequest
            + (Input * usage.InputTokens)
            + ((CacheRead ?? Input) * usage.CacheReadTokens)
            + ((CacheWrite ?? Input) * usage.CacheWriteTokens)
            + ((CacheWriteHour ?? CacheWrite ?? Input) * usage.CacheWriteHourTokens)
            + ((AudioInput ?? Input) * usage.AudioInputTokens)
            + ((ImageInput ?? Input) * usage.ImageInputTokens)
            + (Output * plain)
            + ((Reasoning ?? Output) * usage.ReasoningTokens)
            + ((AudioOutput ?? Output) * usage.AudioOutputTokens);
    }

    private PriceFacts Describe()
    {
        var text = new StringBuilder();
        Describe(text);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new(Convert.ToHexStringLower(hash.AsSpan(0, 8)), text.ToString());
    }

    // A line of its own kind: figures are integers, names fixed, so that equal prices have equal text for ever.
    private void Describe(StringBuilder text)
    {
        Say("input", Input);
        Say("output", Output);
        Say("cache_read", CacheRead);
        Say("cache_write", CacheWrite);
        Say("cache_write_hour", CacheWriteHour);
        Say("reasoning", Reasoning);
        Say("audio_input", AudioInput);
        Say("audio_output", AudioOutput);
        Say("image_input", ImageInput);
        Say("per_request", PerRequest == Usd.Zero ? null : PerRequest);
        foreach (var step in Steps)
        {
            text.Append(CultureInfo.InvariantCulture, $" above {step.AbovePromptTokens} (");
            step.Price.Describe(text);
            text.Append(')');
        }

        foreach (var tier in Tiers)
        {
            text.Append(CultureInfo.InvariantCulture, $" {tier.Tier.Name()} (");
            tier.Price.Describe(text);
            text.Append(')');
        }

        void Say(string name, Usd? amount)
        {
            if (amount is { } known)
            {
                var gap = text.Length == 0 || text[^1] == '(' ? "" : " ";
                text.Append(CultureInfo.InvariantCulture, $"{gap}{name}={known.PicoDollars}");
            }
        }
    }

    private static Usd Largest(Usd first, params ReadOnlySpan<Usd?> others)
    {
        var largest = first;
        foreach (var other in others)
        {
            largest = other is { } known && known > largest ? known : largest;
        }

        return largest;
    }

    private sealed record Description(Price Of, PriceFacts Facts);
}
