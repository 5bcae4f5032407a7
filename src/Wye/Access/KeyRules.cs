using System.Collections.Immutable;

namespace Wye.Access;

/// <summary>What a key is bound to. Immutable. Everything unset = not bound.</summary>
public sealed record KeyRules
{
    /// <summary>Bound to nothing.</summary>
    public static KeyRules None { get; } = new();

    /// <summary>Routes and aliases it may ask for; a name that ends in <c>*</c> stands for all that begin so; null = any.</summary>
    public ImmutableArray<string>? Routes { get; init; }

    /// <summary>
    /// Models it may be answered by, whether it names them or a route chooses them; <c>*</c> as above; null = any, but with
    /// <see cref="Routes"/> set none may be named directly.
    /// </summary>
    public ImmutableArray<string>? Models { get; init; }

    /// <summary>Most requests in any 60 s; null = no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Most tokens, prompt and answer, in any 60 s; null = no limit.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Most requests that run at once; null = no limit.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>What it may spend; all hold at once.</summary>
    public ImmutableArray<KeyBudget> Budgets { get; init; } = [];

    /// <summary>Tags that every request of the key carries, beside those the caller sends.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Free notes of whoever made it; never interpreted.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether it limits which names may be asked for or answer.</summary>
    public bool LimitsNames => Routes is not null || Models is not null;
}
