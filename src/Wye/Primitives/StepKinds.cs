namespace Wye.Primitives;

/// <summary>Names of <see cref="StepKind"/> values as they stand in headers, configuration and the ledger.</summary>
public static class StepKinds
{
    private static readonly string[] Names =
    [
        .. Enum.GetValues<StepKind>()
            .Select(kind => kind == StepKind.ToolSelect ? "tool-select" : kind.ToString().ToLowerInvariant()),
    ];

    /// <summary>Every kind, in declaration order.</summary>
    public static IReadOnlyList<StepKind> All { get; } = Enum.GetValues<StepKind>();

    /// <summary>The name of a kind, e.g. <c>tool-select</c>.</summary>
    public static string Name(this StepKind kind) => Names[(int)kind];

    /// <summary>Reads a name; case-insensitive, <c>_</c> and <c>-</c> alike.</summary>
    public static bool TryParse(string? name, out StepKind kind)
    {
        var wanted = name?.Replace('_', '-');
        for (var i = 0; i < Names.Length; i++)
        {
            if (string.Equals(Names[i], wanted, StringComparison.OrdinalIgnoreCase))
            {
                kind = (StepKind)i;
                return true;
            }
        }

        kind = StepKind.Chat;
        return false;
    }
}
