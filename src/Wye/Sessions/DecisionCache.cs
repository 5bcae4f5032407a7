namespace Wye.Sessions;

/// <summary>Remembers how requests were labelled, so that the same question is not paid for twice. Bounded; thread-safe.</summary>
/// <remarks>The older half goes when it is full; what is found is young again.</remarks>
/// <param name="most">Most decisions kept; ≥ 2, default 16,384.</param>
public sealed class DecisionCache(int most = 16_384)
{
    private readonly Lock _lock = new();
    private Dictionary<DecisionKey, string> _young = [];
    private Dictionary<DecisionKey, string> _old = [];

    /// <summary>Decisions kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _young.Count + _old.Count;
            }
        }
    }

    /// <summary>The label given before; null = none.</summary>
    public string? Find(DecisionKey key)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(key, out var label))
            {
                return label;
            }

            if (_old.Remove(key, out label))
            {
                Keep(key, label);
            }

            return label;
        }
    }

    /// <summary>Remembers a label.</summary>
    public void Remember(DecisionKey key, string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        lock (_lock)
        {
            _old.Remove(key);
            Keep(key, label);
        }
    }

    private void Keep(DecisionKey key, string label)
    {
        if (_young.Count >= Math.Max(1, most / 2))
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = label;
    }
}
