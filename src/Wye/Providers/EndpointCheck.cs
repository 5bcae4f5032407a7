using Wye.Dialects;

namespace Wye.Providers;

/// <summary>Finds what would keep an endpoint from being called, before it is.</summary>
internal static class EndpointCheck
{
    /// <summary>What is wrong, one sentence each; empty = nothing.</summary>
    public static IEnumerable<string> Errors(ProviderEndpoint endpoint, DialectRegistry dialects)
    {
        var id = endpoint.Provider.Id;
        var address = endpoint.Provider.BaseUrl;
        if (!dialects.Names.Contains(endpoint.Provider.Dialect, StringComparer.Ordinal))
        {
            yield return $"Provider '{id}' speaks '{endpoint.Provider.Dialect}', which is not known. Set dialect to one of: {string.Join(", ", dialects.Names)}.";
        }

        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
        {
            yield return $"Provider '{id}' has the base_url '{address}'. Write an absolute http or https address.";
        }
        else if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            yield return $"Provider '{id}' has a base_url with user information or a fragment. Leave them out and set key instead.";
        }

        if (endpoint.ConnectTimeout <= TimeSpan.Zero)
        {
            yield return $"Provider '{id}' has a connect timeout of {endpoint.ConnectTimeout}. Set it above zero.";
        }

        // The header collection would take line breaks as they are, and with them more headers.
        if (endpoint.Key is { } key && !IsHeaderValue(key.Reveal()))
        {
            yield return $"The key of provider '{id}' has characters that a header cannot carry. Check it for line breaks.";
        }

        foreach (var (name, value) in endpoint.Headers)
        {
            if (!IsHeaderName(name) || !IsHeaderValue(value))
            {
                yield return $"A header of provider '{id}' cannot be sent. Use a token as its name and visible ASCII as its value.";
            }
        }
    }

    private static bool IsHeaderValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsHeaderName(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return name.Length > 0;
    }
}
