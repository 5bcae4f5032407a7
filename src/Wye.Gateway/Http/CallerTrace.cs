using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Wye.Hosting.Telemetry;

namespace Wye.Gateway.Http;

/// <summary>Reads the caller's trace (W3C Trace Context).</summary>
internal static class CallerTrace
{
    private const int MaxStateLength = 512;

    /// <summary>The caller's span; <c>default</c> = none was sent, it cannot be read, or nobody listens.</summary>
    public static ActivityContext Read(IHeaderDictionary headers)
    {
        if (!WyeActivitySource.IsListenedTo || headers.TraceParent is not [{ } parent])
        {
            return default;
        }

        // Longer states may be dropped; a caller must not fill our exports.
        var state = headers.TraceState is [{ Length: <= MaxStateLength } only] ? only : null;
        return ActivityContext.TryParse(parent, state, isRemote: true, out var context) ? context : default;
    }
}
