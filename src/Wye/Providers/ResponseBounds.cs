namespace Wye.Providers;

/// <summary>How much of an answer is taken before the provider counts as faulty.</summary>
internal sealed record ResponseBounds
{
    /// <summary>The defaults.</summary>
    public static ResponseBounds Default { get; } = new();

    /// <summary>Most bytes of a whole answer or of a stream; default 64 MiB.</summary>
    public int AnswerBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most bytes of one line, and of one event, of a stream; default 1 MiB.</summary>
    public int LineBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes read of an error body; the rest is left; default 64 KiB.</summary>
    public int ErrorBytes { get; init; } = 64 * 1024;

    /// <summary>How long an error body is waited for once its status is known; default 2 s.</summary>
    public TimeSpan ErrorWait { get; init; } = TimeSpan.FromSeconds(2);
}
