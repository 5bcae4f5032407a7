using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Wye.Access.Secrets;

/// <summary>
/// The valid key that a connection presented last, and the hash of its secret: who presents the same again is not hashed again.
/// Whether the key is still valid is looked up each time. Thread-safe.
/// </summary>
/// <remarks>Kept no longer than the connection, whose headers the server keeps as well.</remarks>
internal sealed class PresentedKey
{
    private volatile Known? _last;

    /// <summary>The hash of that key; false = it was another, or none. How long it takes tells only the key's length.</summary>
    public bool TryRecall(ReadOnlySpan<char> presented, Span<byte> hash)
    {
        if (_last is not { } last || !CryptographicOperations.FixedTimeEquals(Bytes(presented), Bytes(last.Text)))
        {
            return false;
        }

        last.Hash.CopyTo(hash);
        return true;
    }

    /// <summary>Keeps a key that was found valid.</summary>
    public void Keep(ReadOnlySpan<char> presented, ReadOnlySpan<byte> hash)
    {
        if (_last is not { } last || !presented.SequenceEqual(last.Text))
        {
            _last = new Known(presented.ToArray(), hash.ToArray());
        }
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<char> text) => MemoryMarshal.AsBytes(text);

    private sealed class Known(char[] text, byte[] hash)
    {
        public char[] Text { get; } = text;

        public byte[] Hash { get; } = hash;
    }
}
