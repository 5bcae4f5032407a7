using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>Sums over the attempts of one request; exact.</summary>
internal struct AttemptSums
{
    /// <summary>Tokens of all.</summary>
    public Usage Usage { get; private set; }

    /// <summary>Cost of those with a known price.</summary>
    public Usd Cost { get; private set; }

    /// <summary>Whether any usage is an estimate.</summary>
    public bool Estimated { get; private set; }

    /// <summary>Whether any price is unknown.</summary>
    public bool Unpriced { get; private set; }

    /// <summary>Takes one attempt.</summary>
    public void Add(AttemptEntry attempt)
    {
        Usage += attempt.Usage;
        Cost += attempt.Cost ?? Usd.Zero;
        Estimated |= attempt.Estimated;
        Unpriced |= attempt.Cost is null;
    }
}
