namespace Wye.Learning.Metrics;

/// <summary>Non-decreasing convex hull of (cost, quality) points, and the area under it.</summary>
/// <remarks>RouterBench (Hu et al., arXiv 2403.12031), §3: AIQ = 1 / (c_max − c_min) · ∫ hull(c) dc.</remarks>
internal sealed class CostQualityHull
{
    private readonly List<(double Cost, double Quality)> _corners = [];

    /// <summary>Builds the hull; points that cost more and bring less are left out.</summary>
    public CostQualityHull(IEnumerable<(double Cost, double Quality)> points)
    {
        foreach (var point in points.OrderBy(p => p.Cost).ThenByDescending(p => p.Quality))
        {
            if (_corners.Count > 0 && point.Quality <= _corners[^1].Quality)
                continue;
            while (_corners.Count > 1 && Cross(_corners[^2], _corners[^1], point) >= 0)
                _corners.RemoveAt(_corners.Count - 1);
            _corners.Add(point);
        }
    }

    /// <summary>Corners by ascending cost.</summary>
    public IReadOnlyList<(double Cost, double Quality)> Corners => _corners;

    /// <summary>Hull height at a cost: linear between corners, flat beyond the last, 0 before the first.</summary>
    public double At(double cost)
    {
        if (_corners.Count == 0 || cost < _corners[0].Cost)
            return 0;
        for (int i = 1; i < _corners.Count; i++)
        {
            if (cost > _corners[i].Cost)
                continue;
            var (c0, q0) = _corners[i - 1];
            var (c1, q1) = _corners[i];
            return q0 + ((q1 - q0) * (cost - c0) / (c1 - c0));
        }

        return _corners[^1].Quality;
    }

    /// <summary>Least cost at which the hull reaches a quality; NaN when it never does.</summary>
    public double CostOf(double quality)
    {
        if (_corners.Count == 0 || quality > _corners[^1].Quality + 1e-12)
            return double.NaN;
        if (quality <= _corners[0].Quality)
            return _corners[0].Cost;
        for (int i = 1; i < _corners.Count; i++)
        {
            if (_corners[i].Quality + 1e-12 < quality)
                continue;
            var (c0, q0) = _corners[i - 1];
            var (c1, q1) = _corners[i];
            return c0 + ((c1 - c0) * (quality - q0) / (q1 - q0));
        }

        return _corners[^1].Cost;
    }

    /// <summary>Average improvement in quality over a cost range: mean hull height.</summary>
    public double Aiq(double fromCost, double toCost)
    {
        double area = 0;
        double left = fromCost;
        foreach (double corner in _corners.Select(c => c.Cost).Where(c => c > fromCost && c < toCost).Append(toCost))
        {
            // A hull that starts inside the range counts 0 before its start.
            double height = left < _corners[0].Cost ? 0 : (At(left) + At(corner)) / 2;
            area += height * (corner - left);
            left = corner;
        }

        return area / (toCost - fromCost);
    }

    private static double Cross(
        (double Cost, double Quality) a,
        (double Cost, double Quality) b,
        (double Cost, double Quality) c
    ) => ((c.Quality - a.Quality) * (b.Cost - a.Cost)) - ((b.Quality - a.Quality) * (c.Cost - a.Cost));
}
