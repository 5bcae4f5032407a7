using System.Security.Cryptography;
using System.Text;

namespace Wye.Hosting.Configuration.Resolving.GateParts;

/// <summary>What a gate is made of, as a hash: gates of one stamp say the same of an answer, so what a judge said outlives a reload.</summary>
internal static class GateStamp
{
    /// <summary>The stamp; null = it hangs on something that is not written here, as the file of a learned gate.</summary>
    /// <param name="config">The gate as written.</param>
    /// <param name="gate">The same, resolved.</param>
    /// <param name="parts">Stamps of its parts.</param>
    public static string? Of(GateConfig config, ResolvedGate gate, IEnumerable<string?> parts)
    {
        if (config.File is not null)
        {
            return null;
        }

        // A record prints its plain members, but not what is in its collections.
        var text = new StringBuilder(config.ToString());
        foreach (
            var list in (string[][])
                [
                    [.. config.All],
                    [.. config.Any],
                    [.. config.Sections],
                    [.. config.Choices],
                ]
        )
        {
            text.Append('\n').AppendJoin('\0', list);
        }

        foreach (var map in (IReadOnlyDictionary<string, string>[])[config.Weighted, config.Table])
        {
            text.Append('\n').AppendJoin('\0', map.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }

        text.Append('\n').AppendJoin('\0', gate.Samples).Append('\n').Append(gate.Judge);
        foreach (var part in parts)
        {
            if (part is null)
            {
                return null;
            }

            text.Append('\n').Append(part);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
