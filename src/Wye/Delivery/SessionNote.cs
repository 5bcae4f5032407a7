using Wye.Catalog;
using Wye.Chat;
using Wye.Delivery.Attempts;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Sessions;

namespace Wye.Delivery;

/// <summary>Remembers where a conversation was answered.</summary>
internal static class SessionNote
{
    // OpenAI's prompt caching guide: prompts of at least 1,024 tokens are cached, in steps of 128.
    private const int LeastCached = 1_024;
    private const int CacheStep = 128;

    /// <summary>Takes a whole answer; one of a fallback model does not move the conversation there.</summary>
    public static void Take(SessionTable? sessions, RoutePlan plan, Attempt? answer, ChatError? error)
    {
        if (
            sessions is null
            || plan.Session is not { } turn
            || answer is null
            || error is not null
            || answer.Deployment.Model.Id != plan.Nodes[0].Model.Id
        )
        {
            return;
        }

        var deployment = answer.Deployment;
        sessions.Remember(
            turn.Key,
            new SessionMemory(deployment.Model.Id, deployment.Id)
            {
                CachedTokens = CachedTokens(answer.Metered.Usage, deployment.Price),
                LowerWanted = turn.LowerWanted,
                Descents = turn.Descents,
            }
        );
    }

    /// <summary>Prompt tokens the provider has cached by now: what it says it read or wrote, else what its price lets expect.</summary>
    /// <remarks>A price for writing means that only what a caller marks is cached; without one, long prompts are by themselves.</remarks>
    internal static int CachedTokens(in Usage usage, Price? price)
    {
        var stated = usage.CacheReadTokens + usage.CacheWriteTokens;
        if (price is { CacheRead: not null, CacheWrite: null } && usage.PromptTokens >= LeastCached)
        {
            stated = Math.Max(stated, usage.PromptTokens / CacheStep * CacheStep);
        }

        return (int)Math.Min(stated, int.MaxValue);
    }
}
