using System.Security.Cryptography;
using System.Text;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Sessions;

/// <summary>Where the decision on a request is remembered: a hash of the key, the question put, and the request's texts.</summary>
/// <param name="High">Half of the hash.</param>
/// <param name="Low">The other half.</param>
public readonly record struct DecisionKey(ulong High, ulong Low)
{
    /// <summary>The place of a request.</summary>
    /// <param name="key">The key it came with; no other key finds it.</param>
    /// <param name="question">What is asked about the request.</param>
    /// <param name="request">The request.</param>
    public static DecisionKey Of(KeyId key, string question, ChatRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{key.Value}\0{question}\0"));
        foreach (var text in request.Texts)
        {
            hash.AppendData([(byte)text.Role]);
            hash.AppendData(text.Utf8.Span);
            hash.AppendData([0]);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return new DecisionKey(BitConverter.ToUInt64(digest), BitConverter.ToUInt64(digest[8..]));
    }
}
