namespace Wye.Gateway;

/// <summary>Settings of the runtime for a process that only serves. The runtime reads each once: apply them first.</summary>
public static class RuntimeSettings
{
    /// <summary>
    /// Environment variable that says where code that waits for a socket goes on: 1 = on the thread that heard of it, which
    /// saves two switches per call; 0 = on the thread pool. docs/performance.md has the figures and what it costs.
    /// </summary>
    public const string InlineSockets = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Environment variable for how many buffers of one size the runtime keeps per core. Its default, 32, is less than the calls
    /// that one core serves at once, each of which holds two or three bodies: what does not fit is allocated anew each time.
    /// </summary>
    public const string BuffersKept = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";

    /// <summary>Whether code goes on where the socket was heard.</summary>
    public static bool AreSocketsInline => Environment.GetEnvironmentVariable(InlineSockets) is "1" or "true";

    /// <summary>Chooses what serves fastest, wherever the environment does not say otherwise.</summary>
    public static void Apply()
    {
        Prefer(InlineSockets, "1");
        Prefer(BuffersKept, "256");
    }

    private static void Prefer(string variable, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            Environment.SetEnvironmentVariable(variable, value);
        }
    }
}
