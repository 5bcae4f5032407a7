namespace Wye.Extensions.AI;

/// <summary>
/// Keys in <c>ChatOptions.AdditionalProperties</c> with which a caller says what a request is. Any other chat client ignores
/// them. <see cref="WyeChatOptionsExtensions"/> sets the usual ones.
/// </summary>
public static class WyeHints
{
    /// <summary>Name of the workflow step: a text.</summary>
    public const string Step = "wye.step";

    /// <summary>What the step does: a <see cref="Primitives.StepKind"/> or its name, e.g. <c>summarize</c>.</summary>
    public const string StepKind = "wye.step_kind";

    /// <summary>Least expected quality: a number in 0..1.</summary>
    public const string Quality = "wye.quality";

    /// <summary>Most that the request may cost: US dollars, a number above 0.</summary>
    public const string MaxCost = "wye.max_cost";

    /// <summary>What to favour: <c>cost</c>, <c>quality</c> or <c>speed</c>.</summary>
    public const string Prefer = "wye.prefer";

    /// <summary>How much the request may be degraded: <c>critical</c>, <c>normal</c> or <c>low</c>.</summary>
    public const string Priority = "wye.priority";

    /// <summary>Id of the workflow run: a text.</summary>
    public const string Run = "wye.run";

    /// <summary>Id of the conversation: a text; without it <c>ChatOptions.ConversationId</c>.</summary>
    public const string Session = "wye.session";

    /// <summary>Free tags: a text with commas, or several texts.</summary>
    public const string Tags = "wye.tags";
}
