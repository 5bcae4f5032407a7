namespace Wye.Quality.Prior;

/// <summary>Brings names of one model to one form: vendor, host, date and the like are left out.</summary>
internal static class ProfileName
{
    private static readonly string[] Endings = ["-instruct-turbo", "-instruct", "-inst", "-it", "-latest"];

    /// <summary>E.g. <c>anthropic_claude-3-5-sonnet-20240620</c> and <c>claude-3.5-sonnet</c> both give <c>claude-3-5-sonnet</c>.</summary>
    public static string Of(string name)
    {
        ReadOnlySpan<char> text = name.AsSpan();
        int slash = text.LastIndexOf('/');
        text = text[(slash + 1)..];
        int host = text.IndexOf('@');
        text = host > 0 ? text[..host] : text;
        int vendor = text.IndexOf('_');
        if (vendor > 0 && !text[..vendor].ContainsAny("0123456789.-"))
            text = text[(vendor + 1)..];
        string key = text.ToString().ToLowerInvariant().Replace('.', '-').Replace('_', '-');
        string last;
        do
        {
            last = key;
            key = WithoutDate(key);
            foreach (string ending in Endings)
            {
                if (key.EndsWith(ending, StringComparison.Ordinal) && key.Length > ending.Length)
                    key = key[..^ending.Length];
            }
        } while (!string.Equals(last, key, StringComparison.Ordinal));
        return key.StartsWith("meta-llama-", StringComparison.Ordinal) ? key["meta-".Length..] : key;
    }

    // A date reads -20240620 or -2024-06-20; four digits alone (-0613) are a version and stay.
    private static string WithoutDate(string key)
    {
        if (Ends(key, "-dddddddd"))
            return key[..^9];
        return Ends(key, "-dddd-dd-dd") ? key[..^11] : key;
    }

    private static bool Ends(string key, string shape)
    {
        if (key.Length <= shape.Length)
            return false;
        for (int i = 0; i < shape.Length; i++)
        {
            char c = key[key.Length - shape.Length + i];
            if (shape[i] == 'd' ? !char.IsAsciiDigit(c) : c != shape[i])
                return false;
        }

        return true;
    }
}
