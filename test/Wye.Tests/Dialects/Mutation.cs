using System.Globalization;

namespace Wye.Dialects;

/// <summary>Breaks valid bytes in the ways that find faults in parsers; the same seed gives the same bytes.</summary>
internal sealed class Mutation(int seed)
{
    /// <summary>How often a fuzz test runs: 4,000, or what <c>WYE_FUZZ_ROUNDS</c> says.</summary>
    public static int Rounds { get; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("WYE_FUZZ_ROUNDS"),
            CultureInfo.InvariantCulture,
            out var rounds
        )
            ? rounds
            : 4_000;

    private static readonly byte[][] Tokens =
    [
        "{"u8.ToArray(),
        "}"u8.ToArray(),
        "["u8.ToArray(),
        "]"u8.ToArray(),
        "\""u8.ToArray(),
        "\\"u8.ToArray(),
        "\\u"u8.ToArray(),
        "\\ud800"u8.ToArray(),
        "null"u8.ToArray(),
        "-1"u8.ToArray(),
        "1e309"u8.ToArray(),
        ","u8.ToArray(),
        ":"u8.ToArray(),
        "/model x\\n"u8.ToArray(),
        [0xEF, 0xBB, 0xBF],
        [0xC3],
        [0xED, 0xA0, 0x80],
        [0x00],
    ];

    private readonly Random _random = new(seed);

    /// <summary>Changed bytes of one of the seeds.</summary>
    public byte[] Of(IReadOnlyList<byte[]> seeds)
    {
        var bytes = seeds[_random.Next(seeds.Count)].ToList();
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            Change(bytes, seeds);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> seeds)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 12), bytes.Count - at);
        switch (_random.Next(6))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3 when length > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var other = seeds[_random.Next(seeds.Count)];
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + 20)]);
                break;
        }
    }
}
