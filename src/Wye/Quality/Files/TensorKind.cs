namespace Wye.Quality.Files;

/// <summary>How numbers lie in a tensor entry, little-endian.</summary>
internal enum TensorKind
{
    /// <summary>32-bit floats.</summary>
    Single,

    /// <summary>16-bit floats: for large weights, where the rounding is far below the noise of training.</summary>
    Half,

    /// <summary>32-bit integers.</summary>
    Int32,

    /// <summary>8-bit integers.</summary>
    Int8,
}
