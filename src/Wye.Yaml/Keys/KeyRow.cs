namespace Wye.Yaml.Keys;

/// <summary>One key that a binder asks for.</summary>
internal sealed class KeyRow(string key)
{
    public string Key => key;

    public KeyShapes Shapes { get; set; }

    public bool IsRequired { get; set; }

    /// <summary>The only texts it may be, besides what its shapes allow; empty = any.</summary>
    public List<string> Words { get; } = [];

    /// <summary>The keys below it, where it holds maps.</summary>
    public KeyTable Below => field ??= new KeyTable();
}
