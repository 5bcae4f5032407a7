namespace Wye.Quality.Prior;

/// <summary>A table of outcomes as one pool sees it: a correction per model. Immutable.</summary>
internal sealed class PoolOutcomes
{
    private readonly ResidualModel?[] _corrections;

    /// <summary>Picks a pool's corrections.</summary>
    /// <param name="table">All that is known.</param>
    /// <param name="models">Models of the pool.</param>
    /// <param name="bases">What is expected of each rests on; null = outcomes do not correct it.</param>
    public PoolOutcomes(OutcomeTable table, IReadOnlyList<string> models, string?[] bases)
    {
        Table = table;
        _corrections = new ResidualModel?[models.Count];
        for (int m = 0; m < models.Count; m++)
        {
            _corrections[m] = bases[m] is { } basis ? table.Find(basis, models[m]) : null;
            Judgements += QuestionsOf(m);
        }
    }

    /// <summary>Where they come from.</summary>
    public OutcomeTable Table { get; }

    /// <summary>Judgements that correct this pool; those of the table beyond rest on something else.</summary>
    public int Judgements { get; }

    /// <summary>The correction of a model; null = none.</summary>
    public ResidualModel? Of(int model) => _corrections[model];

    /// <summary>Judgements that correct a model.</summary>
    public int QuestionsOf(int model) => _corrections[model]?.Questions ?? 0;
}
