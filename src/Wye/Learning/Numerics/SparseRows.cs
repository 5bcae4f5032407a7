namespace Wye.Learning.Numerics;

/// <summary>Sparse matrix by rows (compressed sparse row form).</summary>
/// <param name="Start">First entry of each row, and one past the last. Length rows + 1.</param>
/// <param name="Index">Column of each entry.</param>
/// <param name="Value">Value of each entry.</param>
/// <param name="Columns">Number of columns.</param>
internal sealed record SparseRows(int[] Start, int[] Index, float[] Value, int Columns)
{
    public int Rows => Start.Length - 1;

    /// <summary>From (row, column, value) entries; entries of a row keep their order.</summary>
    public static SparseRows Of(IReadOnlyList<(int Row, int Column, float Value)> entries, int rows, int columns)
    {
        int[] start = new int[rows + 1];
        foreach (var entry in entries)
            start[entry.Row + 1]++;
        for (int r = 0; r < rows; r++)
            start[r + 1] += start[r];
        int[] next = start[..rows];
        int[] index = new int[entries.Count];
        float[] value = new float[entries.Count];
        foreach (var (row, column, x) in entries)
        {
            int at = next[row]++;
            index[at] = column;
            value[at] = x;
        }

        return new SparseRows(start, index, value, columns);
    }

    public ReadOnlySpan<int> IndexOf(int row) => Index.AsSpan(Start[row], Start[row + 1] - Start[row]);

    public ReadOnlySpan<float> ValueOf(int row) => Value.AsSpan(Start[row], Start[row + 1] - Start[row]);

    /// <summary>The given rows, in that order.</summary>
    public SparseRows Pick(ReadOnlySpan<int> rows)
    {
        int[] start = new int[rows.Length + 1];
        for (int i = 0; i < rows.Length; i++)
            start[i + 1] = start[i] + Start[rows[i] + 1] - Start[rows[i]];
        int[] index = new int[start[^1]];
        float[] value = new float[start[^1]];
        for (int i = 0; i < rows.Length; i++)
        {
            IndexOf(rows[i]).CopyTo(index.AsSpan(start[i]));
            ValueOf(rows[i]).CopyTo(value.AsSpan(start[i]));
        }

        return new SparseRows(start, index, value, Columns);
    }

    /// <summary>Same places with other values, without entries that are zero.</summary>
    public SparseRows Pack(float[] value)
    {
        int kept = 0;
        foreach (float v in value)
            kept += v != 0 ? 1 : 0;
        int[] start = new int[Rows + 1];
        int[] index = new int[kept];
        float[] packed = new float[kept];
        int at = 0;
        for (int r = 0; r < Rows; r++)
        {
            for (int e = Start[r]; e < Start[r + 1]; e++)
            {
                if (value[e] == 0)
                    continue;
                index[at] = Index[e];
                packed[at++] = value[e];
            }

            start[r + 1] = at;
        }

        return new SparseRows(start, index, packed, Columns);
    }

    /// <summary>The transpose; entries of a row keep ascending order.</summary>
    public SparseRows Transpose()
    {
        int[] start = new int[Columns + 1];
        foreach (int column in Index)
            start[column + 1]++;
        for (int c = 0; c < Columns; c++)
            start[c + 1] += start[c];
        int[] next = start[..Columns];
        int[] index = new int[Index.Length];
        float[] value = new float[Index.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int e = Start[row]; e < Start[row + 1]; e++)
            {
                int at = next[Index[e]]++;
                index[at] = row;
                value[at] = Value[e];
            }
        }

        return new SparseRows(start, index, value, Rows);
    }

    /// <summary>This · dense, with dense [Columns × width] row-major; result [Rows × width].</summary>
    /// <remarks>Each result row is summed by one thread in entry order: the result does not depend on threads.</remarks>
    public void Multiply(float[] dense, int width, float[] result)
    {
        Parallel.For(
            0,
            (Rows + 255) / 256,
            Threads.Options,
            block =>
            {
                int end = Math.Min(Rows, (block + 1) * 256);
                for (int row = block * 256; row < end; row++)
                {
                    Span<float> sum = result.AsSpan(row * width, width);
                    sum.Clear();
                    for (int e = Start[row]; e < Start[row + 1]; e++)
                        Vectors.AddScaled(dense.AsSpan(Index[e] * width, width), Value[e], sum);
                }
            }
        );
    }
}
