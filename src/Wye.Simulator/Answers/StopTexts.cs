using System.Text;

namespace Wye.Simulator.Answers;

/// <summary>Ends a text before the first of the caller's stop sequences.</summary>
internal static class StopTexts
{
    public static byte[]? Cut(byte[]? text, List<string> stops)
    {
        if (text is null || stops.Count == 0)
        {
            return text;
        }

        var end = text.Length;
        foreach (var stop in stops)
        {
            var at = text.AsSpan(0, end).IndexOf(Encoding.UTF8.GetBytes(stop));
            end = at >= 0 && stop.Length > 0 ? at : end;
        }

        return end == text.Length ? text : text[..end];
    }
}
