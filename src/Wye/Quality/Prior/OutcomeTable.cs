using System.Collections.Immutable;

namespace Wye.Quality.Prior;

/// <summary>What judgements of served answers say, per model and what was expected of it. Immutable.</summary>
internal sealed class OutcomeTable
{
    private readonly ImmutableDictionary<(string Basis, string Model), ResidualModel> _corrections;

    private OutcomeTable(
        ImmutableDictionary<(string Basis, string Model), ResidualModel> corrections,
        int judgements
    ) => (_corrections, Judgements) = (corrections, judgements);

    /// <summary>Nothing was judged.</summary>
    public static OutcomeTable Empty { get; } =
        new(ImmutableDictionary<(string Basis, string Model), ResidualModel>.Empty, 0);

    /// <summary>Judgements in it, whatever they rest on.</summary>
    public int Judgements { get; }

    /// <summary>The correction of a model; null = none of its answers was judged on that basis.</summary>
    public ResidualModel? Find(string basis, string model) => _corrections.GetValueOrDefault((basis, model));

    /// <summary>The same with other corrections; one that rests on nothing is left out.</summary>
    public OutcomeTable With(IEnumerable<KeyValuePair<(string Basis, string Model), ResidualModel>> corrections)
    {
        var next = _corrections.ToBuilder();
        foreach (var (key, correction) in corrections)
        {
            if (correction.Questions > 0)
                next[key] = correction;
            else
                next.Remove(key);
        }

        return new OutcomeTable(next.ToImmutable(), next.Values.Sum(one => one.Questions));
    }
}
