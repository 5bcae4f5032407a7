namespace Wye.Yaml.Keys;

/// <summary>What may stand behind a key; several where it takes more than one form.</summary>
[Flags]
internal enum KeyShapes
{
    None = 0,
    Text = 1,
    Int = 2,
    Number = 4,
    Flag = 8,
    Duration = 16,
    Bytes = 32,
    TimeOfDay = 64,
    Day = 128,

    /// <summary>One of its words, and no other text.</summary>
    Word = 256,

    /// <summary>A list of texts, or one text.</summary>
    Texts = 512,

    /// <summary>A map from free names to texts.</summary>
    TextMap = 1024,

    /// <summary>A map of the keys below.</summary>
    Map = 2048,

    /// <summary>A list of maps of the keys below.</summary>
    List = 4096,

    /// <summary>A map from free names to maps of the keys below.</summary>
    Named = 8192,
}
