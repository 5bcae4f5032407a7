using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Sessions;

/// <summary>Tells which conversation a request belongs to. Thread-safe, allocates nothing.</summary>
/// <remarks>
/// By the id the caller sent (<see cref="CallerHints.Session"/>), else by its beginning: system prompt and first user turn, of
/// each the first 4,096 bytes and the length. The beginning says nothing while it is all there is: equal first questions are
/// no conversation, and holding them together would pile them on one deployment.
/// </remarks>
public static class Conversation
{
    private const int MostOfEach = 4_096;
    private const byte ById = 1;
    private const byte ByBeginning = 2;
    private static readonly long Seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>The request's session.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key it came with.</param>
    /// <param name="continues">Whether it goes on with a conversation, so that what is remembered of it counts.</param>
    public static SessionKey Of(ChatRequest request, KeyId key, out bool continues)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Hints.Session is { Length: > 0 } id)
        {
            continues = true;
            return new SessionKey(key, HashOf(id));
        }

        return new SessionKey(key, HashOf(request.Texts, out continues));
    }

    private static UInt128 HashOf(string id)
    {
        var length = Encoding.UTF8.GetByteCount(id);
        var rented = ArrayPool<byte>.Shared.Rent(length + 1);
        try
        {
            rented[0] = ById;
            Encoding.UTF8.GetBytes(id, rented.AsSpan(1));
            return Digest(rented.AsSpan(0, length + 1));
        }
        finally
        {
            Return(rented, length + 1);
        }
    }

    private static UInt128 HashOf(IReadOnlyList<ChatText> texts, out bool continues)
    {
        continues = false;
        var length = 1;
        var rented = ArrayPool<byte>.Shared.Rent((2 * (MostOfEach + sizeof(long))) + 1);
        try
        {
            rented[0] = ByBeginning;
            length += Write(texts, ChatRole.System, rented.AsSpan(length), ref continues);
            length += Write(texts, ChatRole.User, rented.AsSpan(length), ref continues);
            return Digest(rented.AsSpan(0, length));
        }
        finally
        {
            Return(rented, length);
        }
    }

    // The pool is shared: a prompt must not stay in it.
    private static void Return(byte[] rented, int written)
    {
        Array.Clear(rented, 0, written);
        ArrayPool<byte>.Shared.Return(rented);
    }

    // The role's first message: its start and, in front, its whole length; so two that only share a start differ mostly.
    private static int Write(IReadOnlyList<ChatText> texts, ChatRole role, Span<byte> target, ref bool continues)
    {
        const int none = -2;
        var (message, written, whole) = (none, 0, 0L);
        var body = target.Slice(sizeof(long), MostOfEach);
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            if (text.Role == role && (message == none || message == text.Message))
            {
                message = text.Message;
                whole += text.Utf8.Length + 1;
                var fitting = text.Utf8.Span[..Math.Min(text.Utf8.Length, body.Length - written)];
                fitting.CopyTo(body[written..]);
                written += fitting.Length;
            }
            else if (message != none)
            {
                // Something stands behind the first user turn: an answer, a tool's result or another question.
                continues |= role == ChatRole.User;
                break;
            }
        }

        BinaryPrimitives.WriteInt64LittleEndian(target, whole);
        return sizeof(long) + written;
    }

    // Not cryptographic: who makes two conversations collide holds his own key's calls to one deployment, which an id does openly.
    private static UInt128 Digest(ReadOnlySpan<byte> bytes) => XxHash128.HashToUInt128(bytes, Seed);
}
