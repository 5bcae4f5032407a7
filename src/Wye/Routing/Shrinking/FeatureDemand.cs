using Wye.Catalog;
using Wye.Chat;

namespace Wye.Routing.Shrinking;

/// <summary>From what a request asks to what a model must be able to do.</summary>
internal static class FeatureDemand
{
    /// <summary>All capabilities a request can demand; the number of different demands is bounded by it.</summary>
    public const Capabilities Any =
        Capabilities.Streaming
        | Capabilities.Tools
        | Capabilities.Vision
        | Capabilities.Audio
        | Capabilities.Files
        | Capabilities.JsonMode
        | Capabilities.JsonSchema
        | Capabilities.LogProbs
        | Capabilities.AssistantPrefill
        | Capabilities.Reasoning;

    /// <summary>
    /// An OpenAI caller's conversation ends with the assistant's message. That is no wish to have it continued: servers that speak
    /// OpenAI's dialect answer it as any other, elsewhere the model must be able to continue. A demand only; no model states it.
    /// </summary>
    public const Capabilities AfterAssistant = (Capabilities)4096;

    private static readonly (ChatFeatures Asked, Capabilities Needed, string Lack)[] Table =
    [
        (ChatFeatures.Tools, Capabilities.Tools, "cannot call tools"),
        (ChatFeatures.ToolRequired, Capabilities.Tools, "cannot call tools"),
        (ChatFeatures.Images, Capabilities.Vision, "cannot read images"),
        (ChatFeatures.Audio, Capabilities.Audio, "cannot take audio"),
        (ChatFeatures.Files, Capabilities.Files, "cannot read files"),
        (ChatFeatures.JsonMode, Capabilities.JsonMode, "has no JSON mode"),
        (ChatFeatures.JsonSchema, Capabilities.JsonSchema, "cannot follow a JSON schema"),
        (ChatFeatures.LogProbs, Capabilities.LogProbs, "gives no log-probabilities"),
        (ChatFeatures.AssistantPrefill, Capabilities.AssistantPrefill, "cannot continue an assistant message"),
        (ChatFeatures.Reasoning, Capabilities.Reasoning, "takes no reasoning setting"),
    ];

    public static Capabilities Of(ChatRequest request)
    {
        var needed = request.Stream ? Capabilities.Streaming : Capabilities.None;
        if (request.Features == ChatFeatures.None)
        {
            return needed;
        }

        foreach (var (asked, capability, _) in Table)
        {
            if ((request.Features & asked) != ChatFeatures.None)
            {
                needed |= capability;
            }
        }

        return needed.HasFlag(Capabilities.AssistantPrefill) && request.Dialect == DialectId.OpenAi
            ? (needed & ~Capabilities.AssistantPrefill) | AfterAssistant
            : needed;
    }

    /// <summary>What a model lacks of what is needed.</summary>
    public static Capabilities MissingOf(CompiledModel model, Capabilities needed)
    {
        var missing = needed & ~model.Model.Capabilities;
        return missing.HasFlag(AfterAssistant) && TakesAfterAssistant(model) ? missing & ~AfterAssistant : missing;
    }

    /// <summary>What a model lacks, in words.</summary>
    public static string Lack(Capabilities missing)
    {
        List<string> lacks = [];
        if (missing.HasFlag(Capabilities.Streaming))
        {
            lacks.Add("cannot stream");
        }

        if (missing.HasFlag(AfterAssistant))
        {
            lacks.Add("takes no conversation that ends with the assistant's message");
        }

        foreach (var (_, capability, lack) in Table)
        {
            if (missing.HasFlag(capability) && !lacks.Contains(lack))
            {
                lacks.Add(lack);
            }
        }

        return string.Join(", ", lacks);
    }

    private static bool TakesAfterAssistant(CompiledModel model) =>
        model.Model.Capabilities.HasFlag(Capabilities.AssistantPrefill)
        || model.Deployments.All(static deployment =>
            deployment.Provider.IsInProcess || deployment.Provider.Dialect == DialectId.OpenAi.Name
        );
}
