using System.Security.Cryptography;
using Wye.Primitives;

namespace Wye.Hosting;

/// <summary>Makes request ids: <c>req_</c>, 10 characters of time, 16 of randomness (Crockford base 32); sortable by time. Thread-safe.</summary>
public sealed class RequestIds(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int RandomBytes = 10;

    // The system gives many bytes in the time it gives ten: each thread takes some ahead, and none is used twice.
    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    /// <summary>An id that was never given before.</summary>
    public RequestId Next()
    {
        var random = TakeRandom();
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        Span<char> text = stackalloc char[30];
        "req_".CopyTo(text);
        for (var i = 0; i < 10; i++)
        {
            text[4 + i] = Alphabet[(int)((milliseconds >> (5 * (9 - i))) & 31)];
        }

        for (var i = 0; i < 16; i++)
        {
            var bit = i * 5;
            var pair = (random[bit / 8] << 8) | (bit / 8 + 1 < random.Length ? random[(bit / 8) + 1] : 0);
            text[14 + i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new RequestId(new string(text));
    }

    private static ReadOnlySpan<byte> TakeRandom()
    {
        var random = _random ??= new byte[64 * RandomBytes];
        var at = _used;
        if (at == 0)
        {
            RandomNumberGenerator.Fill(random);
        }

        _used = (at + RandomBytes) % random.Length;
        return random.AsSpan(at, RandomBytes);
    }
}
