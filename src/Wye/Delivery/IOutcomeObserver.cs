namespace Wye.Delivery;

/// <summary>Hears of every finished request: metrics, logs, learning. Must return at once and never throw.</summary>
public interface IOutcomeObserver
{
    /// <summary>Takes one outcome.</summary>
    void Observe(Outcome outcome);
}
