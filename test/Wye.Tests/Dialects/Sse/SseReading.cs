namespace Wye.Dialects.Sse;

/// <summary>Reads a reader's events one by one.</summary>
internal static class SseReading
{
    /// <summary>The next event.</summary>
    public static async ValueTask<SseEvent> ReadAsync(this SseReader reader, CancellationToken cancellationToken)
    {
        SseEvent next;
        while (!reader.TryRead(out next))
        {
            reader.Filled(await reader.FillAsync(cancellationToken));
        }

        return next;
    }
}
