using Wye.Chat;

namespace Wye.Dialects.Anthropic.Requests;

/// <summary>The output bound, which this dialect always demands.</summary>
internal static class OutputBound
{
    /// <summary>Most tokens set when the caller named no bound: whole answers beyond it outlast usual time limits.</summary>
    public const int MostUnasked = 32_000;

    /// <summary>Set when neither caller nor catalog names a bound.</summary>
    public const int Unknown = 4_096;

    /// <summary>The plan's bound, else the caller's, else the model's own up to <see cref="MostUnasked"/>.</summary>
    public static int Of(in ChatCall call) =>
        call.MaxOutputTokens
        ?? call.Request.MaxOutputTokens
        ?? Math.Min(call.Target.MaxOutputTokens ?? Unknown, MostUnasked);
}
