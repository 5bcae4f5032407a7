using Wye.Catalog;
using Wye.Chat;
using Wye.Health;
using Wye.Primitives;
using Wye.Primitives.Randomness;
using Wye.Routing;

namespace Wye.Testing;

/// <summary>Builders for balancing and conversations.</summary>
public static partial class A
{
    /// <summary>Deployments <c>d0</c>, <c>d1</c> … of one model.</summary>
    public static Deployment[] Deployments(int count, Func<int, Deployment, Deployment>? change = null)
    {
        var model = PoolModel("m");
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"d{i}");
                    var one = PoolDeployment(model) with { Id = new DeploymentId(id), UpstreamName = id };
                    return change is null ? one : change(i, one);
                }),
        ];
    }

    /// <summary>A registry without failures.</summary>
    public static HealthRegistry Health(TimeProvider time) => new(time, new HealthOptions(), new SeededRandomSource(1));

    /// <summary>Who is first in the order of a policy.</summary>
    public static string First(IBalancingPolicy policy, Deployment[] deployments, in BalancingContext context)
    {
        Deployment[] copy = [.. deployments];
        policy.Order(copy, context);
        return copy[0].Id.Value;
    }

    /// <summary>A request of a conversation: user and assistant by turns, the user first and last.</summary>
    public static ChatRequest Conversing(string[] turns, string? system = null, CallerHints? hints = null)
    {
        List<ChatText> texts = [];
        if (system is not null)
        {
            texts.Add(new ChatText(ChatRole.System, 0, Bytes(system)));
        }

        for (var i = 0; i < turns.Length; i++)
        {
            texts.Add(new ChatText(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, texts.Count, Bytes(turns[i])));
        }

        return new ChatRequest
        {
            Dialect = DialectId.OpenAi,
            Body = Bytes(string.Join(' ', turns)),
            Fields = [],
            RequestedModel = "auto",
            Texts = texts,
            MessageCount = texts.Count,
            Hints = hints ?? CallerHints.None,
        };
    }
}
