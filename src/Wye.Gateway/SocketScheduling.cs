namespace Wye.Gateway;

/// <summary>
/// Where the code that waits for a socket goes on: on the thread that heard of it, or on the thread pool. The first saves two
/// switches per call; docs/performance.md has the figures and what it costs.
/// </summary>
public static class SocketScheduling
{
    /// <summary>Environment variable that chooses: 1 = on the thread that heard of it; 0 = on the thread pool.</summary>
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>Whether code goes on where the socket was heard.</summary>
    public static bool IsInline => Environment.GetEnvironmentVariable(Variable) is "1" or "true";

    /// <summary>
    /// Switches it on unless the environment says otherwise. For a process that only serves: call it first, since the runtime
    /// reads the variable once, with the first socket.
    /// </summary>
    public static void PreferInline()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            Environment.SetEnvironmentVariable(Variable, "1");
        }
    }
}
