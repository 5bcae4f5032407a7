using System.Text;

namespace Wye.Simulator.Answers;

/// <summary>Ends a text before the first of the caller's stop sequences.</summary>
internal static class StopTexts
{
    /// <param name="text">UTF-8; null stays null.</param>
    /// <param name="stops">The caller's stop sequences.</param>
    /// <param name="met">The one that ended the text; null: none did.</param>
    public static byte[]? Cut(byte[]? text, List<string> stops, out string? met)
    {
        met = null;
        if (text is null || stops.Count == 0)
        {
            return text;
        }

        var end = text.Length;
        foreach (var stop in stops)
        {
            var at = text.AsSpan(0, end).IndexOf(Encoding.UTF8.GetBytes(stop));
            if (at >= 0 && stop.Length > 0)
            {
                (end, met) = (at, stop);
            }
        }

        return met is null ? text : text[..end];
    }
}
