namespace Wye.Dialects.Requests;

/// <summary>Bounds of what a request may hold; beyond them it is refused with the bound in the message.</summary>
internal static class RequestLimits
{
    /// <summary>Nesting of arrays and objects.</summary>
    public const int Depth = 64;

    /// <summary>Top-level members.</summary>
    public const int Members = 256;

    /// <summary>Messages.</summary>
    public const int Messages = 10_000;

    /// <summary>Bytes of the model name.</summary>
    public const int ModelBytes = 256;

    /// <summary>Bytes of the user name.</summary>
    public const int UserBytes = 512;

    /// <summary>Choices.</summary>
    public const int Choices = 128;

    /// <summary>Texts to embed at once.</summary>
    public const int Inputs = 2048;

    /// <summary>Numbers of one vector.</summary>
    public const int Dimensions = 65_536;

    /// <summary>Stop sequences.</summary>
    public const int Stops = 64;
}
