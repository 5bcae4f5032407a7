namespace Wye.Access.Secrets;

/// <summary>Hashes the secret part of a key.</summary>
internal interface ISecretHasher
{
    /// <summary>Tells peppers apart without revealing them.</summary>
    string Mark { get; }

    /// <param name="secret">ASCII.</param>
    /// <param name="hash">32 bytes.</param>
    void Hash(ReadOnlySpan<char> secret, Span<byte> hash);
}
