namespace Wye.Primitives;

/// <summary>Id of one caller request, e.g. <c>req_01…</c>; unique, sortable by time.</summary>
/// <param name="Value">Never empty; compared ordinally.</param>
public readonly record struct RequestId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
