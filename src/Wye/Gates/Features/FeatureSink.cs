namespace Wye.Gates.Features;

/// <summary>Takes features in a fixed order, and their names when somebody asks.</summary>
internal ref struct FeatureSink(Span<float> values, List<string>? names = null)
{
    private readonly Span<float> _values = values;

    /// <summary>Features taken.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a number.</summary>
    public void Add(string name, double value)
    {
        names?.Add(name);
        _values[Count++] = (float)value;
    }

    /// <summary>Takes a yes or no.</summary>
    public void Add(string name, bool value) => Add(name, value ? 1 : 0);

    /// <summary>Takes a count, flattened.</summary>
    public void AddLog(string name, double count) => Add(name, Math.Log(1 + Math.Abs(count)));
}
