using System.Text;
using Wye.Catalog;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Primitives;

namespace Wye.Delivery.Attempts.Metering;

/// <summary>What a request cannot be billed for is not held; what it may be is.</summary>
public sealed class BilledKindsTests
{
    private static readonly Price Price = new(new Usd(100), new Usd(400))
    {
        CacheWriteHour = new Usd(200),
        AudioInput = new Usd(300),
        AudioOutput = new Usd(900),
        Tiers = [new(ServiceTier.Priority, new Price(new Usd(250), new Usd(1_000)))],
    };

    [Theory]
    [InlineData(BilledKinds.Plain, 100, 400)]
    [InlineData(BilledKinds.HourCache, 200, 400)]
    [InlineData(BilledKinds.Sound, 300, 900)]
    [InlineData(BilledKinds.OtherTiers, 250, 1_000)]
    [InlineData(BilledKinds.All, 300, 1_000)]
    public void Dearest_IsThatOfWhatMayBeBilled(BilledKinds kinds, long input, long output)
    {
        Price.DearestPrompt(1, kinds).PicoDollars.ShouldBe(input);
        Price.DearestOutput(1, kinds).PicoDollars.ShouldBe(output);
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[]}""", ChatFeatures.None, BilledKinds.Plain)]
    [InlineData("""{"model":"m","messages":[]}""", ChatFeatures.Audio, BilledKinds.Sound)]
    [InlineData("""{"model":"m","cache_control":{"ttl":"1h"}}""", ChatFeatures.None, BilledKinds.HourCache)]
    [InlineData("""{"model":"m","cache_control":{"ttl":"\u0031h"}}""", ChatFeatures.None, BilledKinds.HourCache)]
    [InlineData("""{"model":"m","cache_control":{"ttl":"5m"}}""", ChatFeatures.None, BilledKinds.Plain)]
    [InlineData("""{"model":"m","service_tier":"priority"}""", ChatFeatures.None, BilledKinds.OtherTiers)]
    public void Kinds_AreSeenInTheBody(string body, ChatFeatures features, BilledKinds expected)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var fields = new List<BodyField>();
        foreach (var name in (string[])["\"model\"", "\"service_tier\"", "\"messages\""])
        {
            if (body.IndexOf(name, StringComparison.Ordinal) is >= 0 and var at)
            {
                fields.Add(new(new(at, name.Length), default));
            }
        }

        using var request = new ChatRequest
        {
            Dialect = DialectId.OpenAi,
            Body = bytes,
            Fields = fields,
            RequestedModel = "m",
            Texts = [],
            Features = features,
        };

        CostBound.KindsOf(request).ShouldBe(expected);
    }
}
