using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Hosting;

/// <summary>What came of a judgement.</summary>
public sealed record FeedbackResult
{
    /// <summary>The request that was judged.</summary>
    public required RequestId Request { get; init; }

    /// <summary>The model that answered it; null = <see cref="Error"/> says why nothing was kept.</summary>
    public ModelId? Model { get; init; }

    /// <summary>The score as kept, 0..1.</summary>
    public double Score { get; init; }

    /// <summary>Why it was kept but corrects nothing, in a few words; null = it corrects what the router expects of the model.</summary>
    public string? NotTaught { get; init; }

    /// <summary>Whether it corrects what the router expects of the model from now on.</summary>
    public bool Taught => IsKept && NotTaught is null;

    /// <summary>Why nothing was kept; null = it was.</summary>
    public ChatError? Error { get; init; }

    /// <summary>Whether it was kept.</summary>
    [MemberNotNullWhen(true, nameof(Model))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsKept => Error is null;
}
