namespace Wye.Quality.Numerics;

/// <summary>Matrix of 8-bit numbers with one scale per row: an eighth of the memory of floats with half a percent of error.</summary>
internal sealed class ByteMatrix
{
    /// <summary>Most rows that are added up at once.</summary>
    public const int MostRows = 256;

    /// <summary>Numbers −127..127. [rows × <see cref="Width"/>], row-major.</summary>
    public required sbyte[] Values { get; init; }

    /// <summary>Factor per row.</summary>
    public required float[] Scales { get; init; }

    /// <summary>Numbers per row.</summary>
    public required int Width { get; init; }

    /// <summary>Rounds floats; the largest of a row becomes 127.</summary>
    public static ByteMatrix Of(ReadOnlySpan<float> values, int width)
    {
        int rows = width == 0 ? 0 : values.Length / width;
        var matrix = new ByteMatrix
        {
            Values = new sbyte[rows * width],
            Scales = new float[rows],
            Width = width,
        };
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = values.Slice(r * width, width);
            // The scale is kept in 16 bits.
            float scale = (float)(Half)(Lanes.Largest(row) / 127);
            matrix.Scales[r] = scale;
            Lanes.Round(row, scale, matrix.Values.AsSpan(r * width, width));
        }

        return matrix;
    }

    /// <summary>to += factor · row for several rows, one after another.</summary>
    public void AddScaled(ReadOnlySpan<int> rows, ReadOnlySpan<float> factors, Span<float> to)
    {
        Span<float> scaled = stackalloc float[MostRows];
        for (int r = 0; r < rows.Length; r++)
            scaled[r] = factors[r] * Scales[rows[r]];
        RowSums.AddScaled(Values, rows, scaled, to[..Width]);
    }

    /// <summary>to += factor · row.</summary>
    public void AddScaled(int row, float factor, Span<float> to) =>
        Lanes.AddScaled(Values.AsSpan(row * Width, Width), factor * Scales[row], to);
}
