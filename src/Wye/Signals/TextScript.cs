namespace Wye.Signals;

/// <summary>Dominant script of a text.</summary>
public enum TextScript
{
    /// <summary>Latin letters, or no letters.</summary>
    Latin,

    /// <summary>Cyrillic.</summary>
    Cyrillic,

    /// <summary>Greek.</summary>
    Greek,

    /// <summary>Arabic or Hebrew.</summary>
    Semitic,

    /// <summary>Devanagari and the other Indic scripts.</summary>
    Indic,

    /// <summary>Han, Kana or Hangul.</summary>
    EastAsian,

    /// <summary>Any other.</summary>
    Other,
}
