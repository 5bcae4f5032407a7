using System.Security.Cryptography;
using Wye.Primitives;

namespace Wye.Hosting;

/// <summary>Makes request ids: <c>req_</c>, 10 characters of time, 16 of randomness (Crockford base 32); sortable by time. Thread-safe.</summary>
public sealed class RequestIds(TimeProvider time)
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>An id that was never given before.</summary>
    public RequestId Next()
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
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
}
