namespace Wye.Providers;

/// <summary>Joins a provider's base address and a path so that the result never leaves the base.</summary>
internal static class ProviderAddress
{
    /// <summary>The address of <paramref name="path"/> under the base; a query of the base is kept.</summary>
    /// <param name="baseUrl">An absolute http or https address; its last slash may be missing.</param>
    /// <param name="path">Segments parted by slashes, unescaped; each is escaped.</param>
    /// <param name="method">A method of the resource, which a colon parts from it; null = none.</param>
    /// <param name="query">More of a query, without its question mark; null = none.</param>
    /// <exception cref="ArgumentException">The base is no such address, or a segment is empty, <c>.</c> or <c>..</c>.</exception>
    public static Uri Join(Uri baseUrl, string path, string? method = null, string? query = null)
    {
        ArgumentNullException.ThrowIfNull(baseUrl);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!baseUrl.IsAbsoluteUri || baseUrl.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"'{baseUrl}' is no address of a provider. Write an absolute http or https address.",
                nameof(baseUrl)
            );
        }

        var joined = new System.Text.StringBuilder(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/'));
        foreach (var segment in path.Split('/'))
        {
            if (segment is "" or "." or "..")
            {
                throw new ArgumentException(
                    $"'{path}' is no path of a provider. Leave out empty, '.' and '..' segments.",
                    nameof(path)
                );
            }

            joined.Append('/').Append(Uri.EscapeDataString(segment));
        }

        if (method is not null)
        {
            joined.Append(':').Append(method);
        }

        joined.Append(baseUrl.Query);
        if (query is not null)
        {
            joined.Append(baseUrl.Query.Length == 0 ? '?' : '&').Append(query);
        }

        return new Uri(joined.ToString(), UriKind.Absolute);
    }
}
