using System.Collections.Frozen;

namespace Wye.Hosting.Configuration.Resolving.GateParts;

/// <summary>The kinds of gates.</summary>
internal static class GateKinds
{
    /// <summary>Kinds that need no setting: each is a gate of its own name.</summary>
    public static FrozenSet<string> NeedNothing { get; } =
        FrozenSet.ToFrozenSet(
            [
                "json",
                "json_schema",
                "finish",
                "language",
                "code",
                "tool_arguments",
                "arithmetic",
                "final_answer",
                "numbers_used",
                "refusal",
                "repetition",
                "choice",
                "logprobs",
                "length",
                "wellformed",
            ],
            StringComparer.Ordinal
        );

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. NeedNothing.Order(StringComparer.Ordinal),
        "pattern",
        "sections",
        "self_confidence",
        "agreement",
        "judge",
        "learned",
        "webhook",
        "all",
        "any",
        "weighted",
    ];
}
