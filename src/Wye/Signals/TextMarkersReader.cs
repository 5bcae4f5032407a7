namespace Wye.Signals;

/// <summary>Tells code and mathematics by marks that need no parsing.</summary>
internal static class TextMarkersReader
{
    // Code that is pasted without a fence shows itself early; the search stays off long documents.
    private const int PieceWindow = 2_048;

    public static TextMarkers Read(ReadOnlySpan<byte> text)
    {
        var markers = text.IndexOf("```"u8) >= 0 ? TextMarkers.Fence : TextMarkers.None;
        var head = text[..Math.Min(text.Length, PieceWindow)];
        if (
            head.IndexOf("();"u8) >= 0
            || head.IndexOf("=> "u8) >= 0
            || head.IndexOf("#include"u8) >= 0
            || head.IndexOf("SELECT "u8) >= 0
            || head.IndexOf("):\n"u8) >= 0
            || head.IndexOf(" == "u8) >= 0
        )
        {
            markers |= TextMarkers.CodePiece;
        }

        var tex = text.IndexOf((byte)'\\');
        if (tex >= 0 && IsTex(text[tex..]))
        {
            markers |= TextMarkers.Tex;
        }

        return markers;
    }

    public static bool IsCode(TextMarkers markers, in TextCensus census) =>
        (markers & (TextMarkers.Fence | TextMarkers.CodePiece)) != TextMarkers.None
        || (census.Semicolons >= 3 && census.Braces >= 1);

    public static bool IsMath(TextMarkers markers, in TextCensus census) =>
        (markers & TextMarkers.Tex) != TextMarkers.None
        || census.MathSymbols > 0
        || (census.Carets > 0 && census.Digits > 0 && (markers & TextMarkers.Fence) == TextMarkers.None);

    private static bool IsTex(ReadOnlySpan<byte> text) =>
        text.IndexOf("\\frac"u8) >= 0
        || text.IndexOf("\\sum"u8) >= 0
        || text.IndexOf("\\int"u8) >= 0
        || text.IndexOf("\\sqrt"u8) >= 0
        || text.IndexOf("\\begin{"u8) >= 0;
}
