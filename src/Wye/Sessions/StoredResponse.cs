namespace Wye.Sessions;

/// <summary>A response that may be continued. Immutable.</summary>
/// <param name="Items">The whole conversation up to and with it, as its wire format writes items, parted by commas.</param>
/// <param name="Body">The response as its caller got it.</param>
internal sealed record StoredResponse(ReadOnlyMemory<byte> Items, ReadOnlyMemory<byte> Body)
{
    internal long Bytes => (long)Items.Length + Body.Length;
}
