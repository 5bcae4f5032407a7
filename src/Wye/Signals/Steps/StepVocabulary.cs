using Wye.Primitives;

namespace Wye.Signals.Steps;

/// <summary>The words that tell a step kind. Each list is separated by commas; <c>*</c> stands for one word of any kind.</summary>
/// <remarks>
/// Lower case, without the stop words of <see cref="StepLexicon"/> (<c>the, this, following …</c>), hyphens as spaces:
/// words are compared as <see cref="StepScan"/> reads them.
/// </remarks>
/// <param name="Kind">The kind told.</param>
/// <param name="Narrow">Whether a system prompt that says so fixes the task, whatever the user's text says.</param>
internal sealed record StepVocabulary(StepKind Kind, bool Narrow = false)
{
    /// <summary>Verbs that tell it at the start of a clause.</summary>
    public string Leads { get; init; } = "";

    /// <summary>Phrases that tell it anywhere in an ask.</summary>
    public string Phrases { get; init; } = "";

    /// <summary>Words that make it likely when nothing else shows.</summary>
    public string Hints { get; init; } = "";

    /// <summary>Roles that a system prompt gives.</summary>
    public string Roles { get; init; } = "";
}
