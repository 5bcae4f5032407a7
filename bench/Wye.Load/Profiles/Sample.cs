using System.Text.RegularExpressions;

namespace Wye.Load.Profiles;

/// <summary>One sample of a profile: the thread's name and its frames, the outermost first.</summary>
internal sealed partial record Sample(string Thread, IReadOnlyList<string> Frames)
{
    /// <summary>Reads what <c>perf script -F comm,tid,ip,sym,dso</c> prints.</summary>
    public static IEnumerable<Sample> Read(string file)
    {
        var (thread, frames) = ("", new List<string>());
        foreach (var line in File.ReadLines(file))
        {
            if (line.Length == 0)
            {
                if (frames.Count > 0)
                {
                    frames.Reverse();
                    yield return new Sample(thread, frames);
                }

                frames = [];
            }
            else if (line[0] is ' ' or '\t')
            {
                frames.Add(Name(line));
            }
            else
            {
                thread = line.Trim();
            }
        }
    }

    // "7f… instance void [Wye] Wye.Delivery.ChatDelivery::Settle(…)[Tier] (perf-1.map)"
    private static string Name(string line)
    {
        var frame = Address().Replace(line, "");
        var at = frame.LastIndexOf(" (", StringComparison.Ordinal);
        var library = at >= 0 ? frame[at..].Trim(' ', '(', ')') : "";
        var symbol = at >= 0 ? frame[..at] : frame;
        if (symbol is "[unknown]")
        {
            return $"[{Path.GetFileName(library)}]";
        }

        if (library.StartsWith("[kernel", StringComparison.Ordinal))
        {
            return $"{symbol} [kernel]";
        }

        var managed = Managed().Match(symbol);
        return managed.Success ? $"{managed.Groups["type"].Value}.{managed.Groups["method"].Value}" : symbol;
    }

    [GeneratedRegex(@"^\s*[0-9a-f]+ ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"\[[\w.]+\] (?<type>[^\s(]+)::(?<method>[^(\[]+)",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Managed();
}
