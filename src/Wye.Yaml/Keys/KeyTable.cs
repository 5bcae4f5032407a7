namespace Wye.Yaml.Keys;

/// <summary>Every key that a binder asks for in one map, in its order: what the binder reads is what the schema says.</summary>
internal sealed class KeyTable
{
    public List<KeyRow> Rows { get; } = [];

    /// <summary>Lets a binder run over nothing and writes down what it asks for.</summary>
    public static KeyTable OfConfiguration()
    {
        var root = new ProbeNode(new KeyTable());
        ConfigBinder.Bind(root, new ProblemSink(""), new ConfigSources(_ => null, _ => null), ".");
        return root.Table;
    }

    public KeyRow Add(string key, KeyShapes shape, IReadOnlyList<string>? words = null)
    {
        var row = Rows.Find(known => string.Equals(known.Key, key, StringComparison.Ordinal));
        if (row is null)
        {
            row = new KeyRow(key);
            Rows.Add(row);
        }

        row.Shapes |= shape;
        row.Words.AddRange((words ?? []).Except(row.Words, StringComparer.Ordinal));
        return row;
    }
}
