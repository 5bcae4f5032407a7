namespace Wye.Gates.Texts;

/// <summary>What a piece of an answer's text is, as far as arithmetic goes.</summary>
internal enum TextTokenKind : byte
{
    /// <summary>Anything that ends an expression.</summary>
    Other,

    /// <summary>A number written in digits.</summary>
    Number,

    /// <summary>A word.</summary>
    Word,

    /// <summary>An operator: its sign is in the token.</summary>
    Operator,

    /// <summary>An opening bracket.</summary>
    Open,

    /// <summary>A closing bracket.</summary>
    Close,

    /// <summary>An equals sign.</summary>
    Equals,

    /// <summary>The end of a line.</summary>
    Line,

    /// <summary>A final-answer marker: <c>####</c>, or a boxed answer.</summary>
    Marker,
}
