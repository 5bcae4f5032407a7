namespace Wye.Sessions;

/// <summary>A response that may be continued. Immutable.</summary>
/// <param name="Items">The whole conversation up to and with it, as its wire format writes items, parted by commas.</param>
/// <param name="Body">The response as its caller got it.</param>
internal sealed record StoredResponse(ReadOnlyMemory<byte> Items, ReadOnlyMemory<byte> Body)
{
    // What naming an item takes beside its bytes, which are a part of Items.
    private const long BytesOfName = 128;

    /// <summary>The items of its output by their ids, as they stand in <see cref="Items"/>; default none.</summary>
    public IReadOnlyList<(string Id, ReadOnlyMemory<byte> Item)> Output { get; init; } = [];

    internal long Bytes => (long)Items.Length + Body.Length + (Output.Count * BytesOfName);
}
