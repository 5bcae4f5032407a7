namespace Wye.Learning.Metrics;

/// <summary>A router's choices at every setting of its knob: made once, so that a resample only weighs them anew.</summary>
internal sealed class ChoiceSweep
{
    private readonly (double Setting, int[] Choices)[] _settings;

    private ChoiceSweep((double, int[])[] settings) => _settings = settings;

    /// <summary>Number of settings.</summary>
    public int Count => _settings.Length;

    /// <summary>Value of the knob: λ in 1/USD, or the share of strong calls.</summary>
    public double Setting(int at) => _settings[at].Setting;

    /// <summary>Model chosen per question.</summary>
    public int[] Choices(int at) => _settings[at].Choices;

    /// <summary>argmax of predicted quality − λ · predicted cost, λ = 0 first.</summary>
    /// <param name="models">Number of models.</param>
    /// <param name="quality">Predicted quality. [questions × models].</param>
    /// <param name="cost">Predicted cost. [questions × models].</param>
    public static ChoiceSweep ByTradeOff(int models, float[] quality, double[] cost)
    {
        double mean = Math.Max(1e-12, cost.Average());
        var settings = new List<(double, int[])> { At(0) };
        for (double exponent = -4; exponent <= 2; exponent += 0.05)
            settings.Add(At(Math.Pow(10, exponent) / mean));
        return new ChoiceSweep([.. settings]);

        (double, int[]) At(double lambda)
        {
            int[] choices = new int[quality.Length / models];
            for (int i = 0; i < choices.Length; i++)
            {
                int at = i * models;
                int best = 0;
                for (int m = 1; m < models; m++)
                {
                    if (quality[at + m] - (lambda * cost[at + m]) > quality[at + best] - (lambda * cost[at + best]))
                        best = m;
                }

                choices[i] = best;
            }

            return (lambda, choices);
        }
    }

    /// <summary>The highest scores go to model 1 (strong), the rest to model 0 (weak), at shares 0, 1/steps, …, 1.</summary>
    public static ChoiceSweep ByScore(float[] score, int steps = 100)
    {
        float[] sorted = [.. score];
        Array.Sort(sorted);
        var settings = new (double, int[])[steps + 1];
        for (int step = 0; step <= steps; step++)
        {
            double share = step / (double)steps;
            int weak = (int)Math.Round(score.Length * (1 - share), MidpointRounding.AwayFromZero);
            float threshold = weak >= sorted.Length ? float.PositiveInfinity : sorted[weak];
            settings[step] = (share, Array.ConvertAll(score, s => s >= threshold ? 1 : 0));
        }

        return new ChoiceSweep(settings);
    }

    /// <summary>Mean quality and cost at every setting on the given questions; all when null.</summary>
    public (double Quality, double Cost)[] Points(PoolOutcome pool, int[]? drawn = null)
    {
        int width = pool.Models.Count;
        int n = drawn?.Length ?? pool.Count;
        var points = new (double, double)[_settings.Length];
        for (int s = 0; s < _settings.Length; s++)
        {
            int[] choices = _settings[s].Choices;
            double quality = 0;
            double cost = 0;
            for (int i = 0; i < n; i++)
            {
                int question = drawn is null ? i : drawn[i];
                int at = (question * width) + choices[question];
                quality += pool.Quality[at];
                cost += pool.Cost[at];
            }

            points[s] = (quality / n, cost / n);
        }

        return points;
    }

    /// <summary>Setting of least cost whose quality is at least the given one; −1 when there is none.</summary>
    public int Cheapest(PoolOutcome pool, double quality)
    {
        var points = Points(pool);
        int best = -1;
        for (int s = 0; s < points.Length; s++)
        {
            if (points[s].Quality >= quality - 1e-12 && (best < 0 || points[s].Cost < points[best].Cost))
                best = s;
        }

        return best;
    }
}
