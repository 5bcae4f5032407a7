using System.Buffers;
using System.Numerics.Tensors;
using Wye.Primitives;
using Wye.Quality.Numerics;

namespace Wye.Quality.Prior;

/// <summary>
/// What a regression of residuals (score less expected quality) on positions needs, as whole numbers: any order gives the same,
/// and nothing is left of what was taken back. Not thread-safe.
/// </summary>
/// <remarks>
/// Bayesian linear regression whose prior strength is not chosen but averaged over, each strength weighed by how well it explains
/// all residuals (evidence: MacKay, "Bayesian interpolation", 1992; averaging: Hoeting et al., 1999). Few judgements, or ones that
/// the position does not explain, leave the strongest prior; a region the router misjudges brings the weaker ones in.
/// </remarks>
internal sealed class ResidualSums
{
    /// <summary>Prior strengths of a direction of length 1, in judgements, strongest first.</summary>
    private static readonly double[] s_strengths = [100, 50, 25, 12.5, 6.25, 3.125];

    // A strength half as large must explain the residuals e times as well.
    private const double Reluctance = 1;

    // What is known of a residual's variance before any is seen, and what that is worth in judgements.
    private const double UsualVariance = 0.2;
    private const double UsualWorth = 4;

    /// <summary>A whole, 1, in the unit of residuals: millionths.</summary>
    public const int Whole = 1_000_000;

    // All whole: in units of a position's and of millionths, which a double holds exactly up to 2^53. The constant comes first,
    // as a feature that is always 1; of the products of features only the lower triangle is kept.
    private int _width = 1;
    private double[] _products = new double[1];
    private double[] _missed = new double[1];
    private double[] _row = [PromptPosition.Unit];
    private Int128 _squares;

    /// <summary>Judgements in it.</summary>
    public int Questions { get; private set; }

    /// <summary>Adds a judgement, or takes one back.</summary>
    /// <param name="position">Where its prompt lies; not known, or of another width than the first: it tells about the constant only.</param>
    /// <param name="missed">Score less expected quality, in millionths.</param>
    /// <param name="sign">1 = added, −1 = taken back.</param>
    public void Add(PromptPosition position, int missed, int sign)
    {
        if (_width == 1 && position.Width > 0)
            Widen(position.Width + 1);
        Questions += sign;
        _squares += sign * (Int128)missed * missed;
        Span<double> row = _row.AsSpan(0, position.Width == _width - 1 ? _width : 1);
        for (int i = 1; i < row.Length; i++)
            row[i] = position.Values[i - 1];
        for (int i = 0; i < row.Length; i++)
        {
            Span<double> products = _products.AsSpan(i * (i + 1) / 2, i + 1);
            TensorPrimitives.MultiplyAdd(row[..(i + 1)], sign * row[i], products, products);
            _missed[i] += sign * row[i] * missed;
        }
    }

    private void Widen(int width)
    {
        Array.Resize(ref _products, width * (width + 1) / 2);
        Array.Resize(ref _missed, width);
        Array.Resize(ref _row, width);
        _width = width;
    }

    /// <summary>Makes other sums the same as these; both stand alone from then on.</summary>
    public void CopyTo(ResidualSums other)
    {
        if (other._width != _width)
            other.Widen(_width);
        (other.Questions, other._squares) = (Questions, _squares);
        _products.CopyTo(other._products, 0);
        _missed.CopyTo(other._missed, 0);
    }

    /// <summary>What the sums say.</summary>
    /// <param name="pseudo">Judgements that the constant is not worth.</param>
    public ResidualModel Fit(float pseudo)
    {
        double[] right = Array.ConvertAll(_missed, sum => sum / Whole / PromptPosition.Unit);
        double squares = (double)_squares / Whole / Whole;
        double[] evidence = new double[s_strengths.Length];
        double[][] weights = new double[s_strengths.Length][];
        float[] factor = new float[_products.Length];
        int likeliest = 0;
        // Large enough that the collector would keep every one apart.
        double[] matrix = ArrayPool<double>.Shared.Rent(_width * _width);
        for (int s = 0; s < s_strengths.Length; s++)
        {
            FactorPrecision(matrix, pseudo, s_strengths[s]);
            double[] solved = weights[s] = [.. right];
            Cholesky.Forward(matrix, _width, solved);
            double unexplained = squares - TensorPrimitives.SumOfSquares<double>(solved);
            evidence[s] = Evidence(matrix, s_strengths[s], unexplained) - (Reluctance * s);
            Cholesky.Backward(matrix, _width, solved);
            if (s > 0 && !(evidence[s] > evidence[likeliest]))
                continue;
            likeliest = s;
            for (int i = 0; i < _width; i++)
                TensorPrimitives.ConvertTruncating<double, float>(
                    matrix.AsSpan(i * _width, i + 1),
                    factor.AsSpan(i * (i + 1) / 2)
                );
        }

        ArrayPool<double>.Shared.Return(matrix);
        return new ResidualModel(Questions, Averaged(weights, evidence), pseudo, s_strengths[likeliest], factor);
    }

    // The weights' precision is Xᵀ X + the prior's strengths.
    private void FactorPrecision(double[] matrix, double pseudo, double strength)
    {
        const double unit = PromptPosition.Unit * PromptPosition.Unit;
        for (int i = 0; i < _width; i++)
        {
            TensorPrimitives.Divide(_products.AsSpan(i * (i + 1) / 2, i + 1), unit, matrix.AsSpan(i * _width, i + 1));
            matrix[(i * _width) + i] += i == 0 ? pseudo : strength;
        }

        Cholesky.Factor(matrix, _width);
    }

    // Log of how likely the residuals are, up to what all strengths share; the noise's variance is the likeliest.
    private double Evidence(double[] factor, double strength, double unexplained)
    {
        double log = 0.5 * (_width - 1) * Math.Log(strength);
        for (int i = 0; i < _width; i++)
            log -= Math.Log(factor[(i * _width) + i]);
        double seen = Questions + UsualWorth;
        return log - (0.5 * seen * Math.Log((Math.Max(unexplained, 0) + (UsualWorth * UsualVariance)) / seen));
    }

    // Over the strengths, each by its share of what all of them explain.
    private float[] Averaged(double[][] weights, double[] evidence)
    {
        double most = evidence.Max();
        double[] share = Array.ConvertAll(evidence, log => Math.Exp(log - most));
        double all = share.Sum();
        float[] mean = new float[_width];
        for (int i = 0; i < _width; i++)
        {
            double sum = 0;
            for (int s = 0; s < share.Length; s++)
                sum += share[s] * weights[s][i];
            mean[i] = (float)(sum / all);
        }

        return mean;
    }
}
