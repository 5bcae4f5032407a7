namespace Wye.Signals;

/// <summary>What shows in a text at a glance.</summary>
[Flags]
internal enum TextMarkers
{
    None = 0,

    /// <summary>A fenced code block.</summary>
    Fence = 1,

    /// <summary>A piece of code without a fence.</summary>
    CodePiece = 2,

    /// <summary>A formula in TeX.</summary>
    Tex = 4,
}
