using System.Text.Json;

namespace Wye.Dialects.Text;

/// <summary>Reads a count of tokens. Counts that cannot be are not trusted.</summary>
internal static class JsonCount
{
    /// <summary>Largest believable number of tokens of one call.</summary>
    public const long Most = 1_000_000_000;

    /// <summary>Moves to the next value and reads it; null gives null, anything that is no count sets <paramref name="absurd"/>.</summary>
    public static long? ReadNext(ref Utf8JsonReader json, ref bool absurd)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType == JsonTokenType.Number && TryReadWhole(ref json, out var count))
        {
            return count;
        }

        absurd = true;
        json.Skip();
        return null;
    }

    // Some servers count in floating point and write 12.0.
    private static bool TryReadWhole(ref Utf8JsonReader json, out long count)
    {
        count = 0;
        if (!json.TryGetInt64(out count))
        {
            if (!json.TryGetDouble(out var number) || number is < 0 or > Most || Math.Floor(number) < number)
            {
                return false;
            }

            count = (long)number;
        }

        return count is >= 0 and <= Most;
    }
}
