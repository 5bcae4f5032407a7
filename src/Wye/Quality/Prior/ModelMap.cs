using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Quality.Prior;

/// <summary>How good models are per cell of similar training questions: their map. Immutable and thread-safe.</summary>
internal sealed class ModelMap
{
    private readonly ClustersEstimator _cells;
    private readonly int _heads;
    private readonly CellTopics? _topics;

    private ModelMap(ClustersEstimator cells, int heads, CellTopics? topics) =>
        (_cells, _heads, _topics) = (cells, heads, topics);

    /// <summary>Number of cells.</summary>
    public int Cells => _cells.Cells;

    /// <summary>The map of a router; null = it has no cells.</summary>
    public static ModelMap? Of(RouterSnapshot router) =>
        router.Quality is { } quality && quality.Estimators.OfType<ClustersEstimator>().FirstOrDefault() is { } cells
            ? new ModelMap(cells, quality.Heads, router.Topics)
            : null;

    /// <summary>Typical words of a cell; empty = not known.</summary>
    public string WordsOf(int cell) => _topics?.Words[cell] ?? "";

    /// <summary>Training questions of a cell; 0 = not known.</summary>
    public int QuestionsOf(int cell) => _topics?.Questions[cell] ?? 0;

    /// <summary>Mean quality of a model in a cell, through its profile.</summary>
    public double QualityOf(int cell, in ModelProfile profile) =>
        profile.Raised(Math.Clamp(_cells.Means[(cell * _heads) + profile.Head], 0, 1));

    /// <summary>Mean quality of all measured models in a cell.</summary>
    public double MeanOf(int cell)
    {
        double sum = 0;
        for (int h = 0; h < _heads; h++)
            sum += Math.Clamp(_cells.Means[(cell * _heads) + h], 0, 1);
        return sum / _heads;
    }

    /// <summary>How far two models lie apart: root mean square difference over the cells, each by its questions.</summary>
    public double Distance(in ModelProfile one, in ModelProfile other)
    {
        double sum = 0;
        double total = 0;
        for (int c = 0; c < Cells; c++)
        {
            double weight = Math.Max(1, QuestionsOf(c));
            double off = QualityOf(c, one) - QualityOf(c, other);
            sum += weight * off * off;
            total += weight;
        }

        return Math.Sqrt(sum / total);
    }
}
