using System.Security.Cryptography;
using System.Text;
using Wye.Primitives;

namespace Wye.Access.Secrets;

/// <summary>
/// The valid key that a connection presented last, and the hash of its secret: who presents the same again is not hashed again.
/// Whether the key is still valid is looked up each time. Thread-safe.
/// </summary>
/// <remarks>Kept no longer than the connection, whose headers the server keeps as well.</remarks>
internal sealed class PresentedKey
{
    private volatile Known? _last;

    /// <summary>The hash of that key's secret; false = it was another key, or none. How long it takes tells nothing of the secret.</summary>
    /// <param name="id">Id of the key.</param>
    /// <param name="secret">As long as secrets are; ASCII.</param>
    /// <param name="hash">Takes the hash.</param>
    public bool TryRecall(ReadOnlySpan<char> id, ReadOnlySpan<char> secret, Span<byte> hash)
    {
        if (_last is not { } last)
        {
            return false;
        }

        // Both are compared, whatever the first says.
        Span<byte> ascii = stackalloc byte[ApiKeyFormat.SecretLength];
        Encoding.ASCII.GetBytes(secret, ascii);
        if (!(CryptographicOperations.FixedTimeEquals(ascii, last.Secret) & id.SequenceEqual(last.Id.Value)))
        {
            return false;
        }

        last.Hash.CopyTo(hash);
        return true;
    }

    /// <summary>Keeps a key that was found valid.</summary>
    public void Keep(KeyId id, ReadOnlySpan<char> secret, ReadOnlySpan<byte> hash)
    {
        var ascii = new byte[ApiKeyFormat.SecretLength];
        Encoding.ASCII.GetBytes(secret, ascii);
        _last = new Known(id, ascii, hash.ToArray());
    }

    private sealed record Known(KeyId Id, byte[] Secret, byte[] Hash);
}
