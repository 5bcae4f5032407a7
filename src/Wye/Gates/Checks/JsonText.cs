namespace Wye.Gates.Checks;

/// <summary>The JSON in an answer: models like to put it into a fence.</summary>
internal static class JsonText
{
    /// <summary>The answer without blanks and without the one fence around it.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> answer)
    {
        var text = answer.Trim(" \t\r\n"u8);
        if (!text.StartsWith("```"u8) || !text.EndsWith("```"u8) || text.Length < 6)
        {
            return text;
        }

        var line = text.IndexOf((byte)'\n');
        return line < 0 || line > text.Length - 3 ? text : text[(line + 1)..^3].Trim(" \t\r\n"u8);
    }
}
