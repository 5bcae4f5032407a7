namespace Wye.Learning.Metrics;

/// <summary>Questions in the order in which a router sends them to strong; sorted once, resampled often.</summary>
internal sealed class PairOrder
{
    private readonly int[] _order;
    private readonly float[] _keys;
    private readonly float[] _weak;
    private readonly float[] _strong;

    /// <summary>Sorts the questions.</summary>
    /// <param name="score">Win rate or gain per question; higher goes to strong first.</param>
    /// <param name="weak">Quality of the weak answers, 0..1.</param>
    /// <param name="strong">Quality of the strong answers, 0..1.</param>
    public PairOrder(ReadOnlySpan<float> score, ReadOnlySpan<float> weak, ReadOnlySpan<float> strong)
    {
        int n = score.Length;
        _keys = new float[n];
        _order = new int[n];
        _weak = weak.ToArray();
        _strong = strong.ToArray();
        for (int i = 0; i < n; i++)
        {
            _keys[i] = -score[i];
            _order[i] = i;
        }

        Array.Sort(_keys, _order);
    }

    /// <summary>The curve when question i counts <paramref name="times"/>[i] times; empty: once each.</summary>
    public PairCurve Curve(ReadOnlySpan<int> times = default)
    {
        int n = 0;
        double sum = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            int t = times.IsEmpty ? 1 : times[i];
            n += t;
            sum += t * (double)_weak[i];
        }

        double[] quality = new double[n + 1];
        quality[0] = sum / n;
        int at = 0;
        int from = 0;
        while (from < _order.Length)
        {
            int to = from;
            double gain = 0;
            int width = 0;
            while (to < _order.Length && _keys[to] == _keys[from])
            {
                int question = _order[to];
                int t = times.IsEmpty ? 1 : times[question];
                gain += t * (double)(_strong[question] - _weak[question]);
                width += t;
                to++;
            }

            // Equal scores are sent together as a straight segment, so that their order cannot help.
            for (int k = 1; k <= width; k++)
                quality[at + k] = (sum + (gain * k / width)) / n;
            at += width;
            sum += gain;
            from = to;
        }

        return new PairCurve(quality);
    }
}
