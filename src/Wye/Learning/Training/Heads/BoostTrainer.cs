using Wye.Learning.Numerics;
using Wye.Quality.Numerics;

namespace Wye.Learning.Training.Heads;

/// <summary>Least-squares gradient boosting of small trees on binned inputs, several heads at once.</summary>
/// <remarks>
/// Friedman, "Greedy function approximation", 2001. Splits of a tree are found for one random direction in head space
/// (Iosipoi and Vakhrushev, "SketchBoost", 2022), so that many heads cost little more than one.
/// </remarks>
internal sealed class BoostTrainer
{
    private const int Bins = 32;
    private const float Rate = 0.05f;
    private const float Ridge = 20;
    private const double RowShare = 0.6;
    private const double InputShare = 0.5;

    private readonly int _rows;
    private readonly int _width;
    private readonly int _depth;
    private readonly byte[] _binned;
    private readonly float[][] _edges;
    private readonly int[] _node;
    private readonly float[] _sketch;
    private readonly bool[] _sampled;
    private readonly int[] _allowed;
    private readonly float[] _sums;
    private readonly int[] _counts;

    private BoostTrainer(float[] a, int rows, int width, int depth)
    {
        _rows = rows;
        _width = width;
        _depth = depth;
        _binned = new byte[rows * width];
        _edges = new float[width][];
        for (int f = 0; f < width; f++)
            _edges[f] = Bin(a, f);
        _node = new int[rows];
        _sketch = new float[rows];
        _sampled = new bool[rows];
        _allowed = new int[width];
        _sums = new float[(1 << depth) * width * Bins];
        _counts = new int[_sums.Length];
    }

    /// <summary>Fits on rows [rows × width] and targets [rows × heads], row-major.</summary>
    public static BoostedForest Fit(
        float[] a,
        int rows,
        int width,
        float[] y,
        int heads,
        float[] emphasis,
        int trees,
        int depth,
        ulong seed
    ) => new BoostTrainer(a, rows, width, depth).Fit(y, heads, emphasis, trees, seed);

    private BoostedForest Fit(float[] y, int heads, float[] emphasis, int trees, ulong seed)
    {
        int inner = (1 << _depth) - 1;
        int leaves = 1 << _depth;
        float[] start = HeadTargets.MeanOf(y, [.. Enumerable.Range(0, _rows)], heads);
        var forest = new BoostedForest
        {
            Feature = new short[trees * inner],
            Threshold = new float[trees * inner],
            Leaf = new float[trees * leaves * heads],
            Base = start,
            Depth = _depth,
        };
        float[] residual = [.. y];
        for (int i = 0; i < residual.Length; i++)
            residual[i] -= start[i % heads];
        var random = new Gaussian(seed);
        float[] direction = new float[heads];
        for (int tree = 0; tree < trees; tree++)
        {
            for (int r = 0; r < _rows; r++)
                _sampled[r] = random.NextUniform() < RowShare;
            int allowed = 0;
            for (int f = 0; f < _width; f++)
            {
                if (random.NextUniform() < InputShare)
                    _allowed[allowed++] = f;
            }

            for (int h = 0; h < heads; h++)
                direction[h] = heads == 1 ? 1 : random.NextNormal() * (emphasis.Length == 0 ? 1 : emphasis[h]);
            for (int r = 0; r < _rows; r++)
                _sketch[r] = heads == 1 ? residual[r] : Vectors.Dot(direction, residual.AsSpan(r * heads, heads));
            Array.Clear(_node);
            for (int level = 0; level < _depth; level++)
                SplitLevel(forest, tree, level, _allowed.AsSpan(0, allowed));
            FillLeaves(forest.Leaf.AsSpan(tree * leaves * heads, leaves * heads), residual, heads, inner);
        }

        return forest;
    }

    private void FillLeaves(Span<float> leaf, float[] residual, int heads, int inner)
    {
        int[] count = new int[leaf.Length / heads];
        for (int r = 0; r < _rows; r++)
        {
            if (!_sampled[r])
                continue;
            int at = _node[r] - inner;
            count[at]++;
            Vectors.AddScaled(residual.AsSpan(r * heads, heads), 1, leaf.Slice(at * heads, heads));
        }

        for (int i = 0; i < leaf.Length; i++)
            leaf[i] = (float)(Half)(leaf[i] * Rate / (count[i / heads] + Ridge));
        for (int r = 0; r < _rows; r++)
            Vectors.AddScaled(leaf.Slice((_node[r] - inner) * heads, heads), -1, residual.AsSpan(r * heads, heads));
    }

    private float[] Bin(float[] a, int feature)
    {
        float[] values = new float[_rows];
        for (int r = 0; r < _rows; r++)
            values[r] = a[(r * _width) + feature];
        float[] sorted = [.. values];
        Array.Sort(sorted);
        var edges = new List<float>(Bins);
        for (int b = 1; b < Bins; b++)
        {
            float edge = sorted[(int)((long)_rows * b / Bins)];
            if (edge < sorted[^1] && (edges.Count == 0 || edge > edges[^1]))
                edges.Add(edge);
        }

        float[] cuts = [.. edges];
        for (int r = 0; r < _rows; r++)
        {
            int at = Array.BinarySearch(cuts, values[r]);
            _binned[(r * _width) + feature] = (byte)(at >= 0 ? at : ~at);
        }

        return cuts;
    }

    private void SplitLevel(BoostedForest forest, int tree, int level, ReadOnlySpan<int> allowed)
    {
        int inner = (1 << _depth) - 1;
        int first = (1 << level) - 1;
        int nodes = 1 << level;
        int stride = allowed.Length * Bins;
        Array.Clear(_sums, 0, nodes * stride);
        Array.Clear(_counts, 0, nodes * stride);
        for (int r = 0; r < _rows; r++)
        {
            if (!_sampled[r])
                continue;
            int at = (_node[r] - first) * stride;
            ReadOnlySpan<byte> bins = _binned.AsSpan(r * _width, _width);
            float value = _sketch[r];
            foreach (int f in allowed)
            {
                int cell = at + bins[f];
                _sums[cell] += value;
                _counts[cell]++;
                at += Bins;
            }
        }

        Span<(int Feature, int Cut)> best = stackalloc (int, int)[nodes];
        for (int n = 0; n < nodes; n++)
        {
            best[n] = BestSplit(n * stride, allowed);
            int slot = (tree * inner) + first + n;
            forest.Feature[slot] = (short)best[n].Feature;
            forest.Threshold[slot] =
                best[n].Cut == int.MaxValue ? float.MaxValue : _edges[best[n].Feature][best[n].Cut];
        }

        for (int r = 0; r < _rows; r++)
        {
            (int feature, int cut) = best[_node[r] - first];
            bool right = cut != int.MaxValue && _binned[(r * _width) + feature] > cut;
            _node[r] = (2 * _node[r]) + (right ? 2 : 1);
        }
    }

    private (int Feature, int Cut) BestSplit(int at, ReadOnlySpan<int> allowed)
    {
        var best = (Feature: 0, Cut: int.MaxValue);
        double bestGain = 0;
        foreach (int f in allowed)
        {
            ReadOnlySpan<float> sums = _sums.AsSpan(at, Bins);
            ReadOnlySpan<int> counts = _counts.AsSpan(at, Bins);
            at += Bins;
            double total = 0;
            int all = 0;
            for (int b = 0; b < Bins; b++)
            {
                total += sums[b];
                all += counts[b];
            }

            double whole = total * total / (all + Ridge);
            double left = 0;
            int leftCount = 0;
            for (int b = 0; b < _edges[f].Length; b++)
            {
                left += sums[b];
                leftCount += counts[b];
                if (leftCount < 10 || all - leftCount < 10)
                    continue;
                double right = total - left;
                double gain = (left * left / (leftCount + Ridge)) + (right * right / (all - leftCount + Ridge)) - whole;
                if (gain > bestGain)
                {
                    bestGain = gain;
                    best = (f, b);
                }
            }
        }

        return best;
    }
}
