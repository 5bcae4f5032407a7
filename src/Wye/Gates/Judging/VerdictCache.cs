using System.Security.Cryptography;
using System.Text;
using Wye.Primitives;

namespace Wye.Gates.Judging;

/// <summary>Remembers what judges said, per key. Bounded: the oldest half goes when it is full. Thread-safe.</summary>
internal sealed class VerdictCache(int most = 4_096)
{
    private readonly Lock _lock = new();
    private Dictionary<(ulong, ulong), GateVerdict> _young = [];
    private Dictionary<(ulong, ulong), GateVerdict> _old = [];

    /// <summary>What was said before of this answer to this question.</summary>
    /// <param name="gate">Stamp of the gate.</param>
    /// <param name="key">Whose question it is: no key sees what another one asked.</param>
    /// <param name="subject">Question and answer.</param>
    /// <param name="verdict">What was said.</param>
    public bool TryGet(string gate, KeyId key, GateSubject subject, out GateVerdict verdict)
    {
        var at = Hash(gate, key, subject);
        lock (_lock)
        {
            return _young.TryGetValue(at, out verdict) || _old.TryGetValue(at, out verdict);
        }
    }

    /// <summary>Remembers; an abstention is not worth it.</summary>
    public void Put(string gate, KeyId key, GateSubject subject, in GateVerdict verdict)
    {
        if (verdict.Decision == GateDecision.Abstained)
        {
            return;
        }

        var at = Hash(gate, key, subject);
        lock (_lock)
        {
            if (_young.Count >= most / 2)
            {
                (_old, _young) = (_young, []);
            }

            _young[at] = verdict;
        }
    }

    private static (ulong, ulong) Hash(string gate, KeyId key, GateSubject subject)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{gate}\0{key.Value}\0"));
        foreach (var text in subject.Request.Texts)
        {
            hash.AppendData([(byte)text.Role]);
            hash.AppendData(text.Utf8.Span);
            hash.AppendData([0]);
        }

        hash.AppendData([1]);
        hash.AppendData(subject.Reply.Text.Span);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return (BitConverter.ToUInt64(digest), BitConverter.ToUInt64(digest[8..]));
    }
}
