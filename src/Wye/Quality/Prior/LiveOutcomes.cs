namespace Wye.Quality.Prior;

/// <summary>Where decisions take what outcomes say; outlives snapshots. Thread-safe: one field that is swapped.</summary>
internal sealed class LiveOutcomes
{
    private volatile OutcomeTable _current = OutcomeTable.Empty;

    /// <summary>What is known now; take it once per decision.</summary>
    public OutcomeTable Current => _current;

    /// <summary>Puts another table in force.</summary>
    public void Publish(OutcomeTable table) => _current = table;
}
