using Wye.Delivery.Attempts;

namespace Wye.Delivery.Walking;

/// <summary>Whole answers that a plan may still deliver: the last one and the best one. Their attempts are closed by their owner.</summary>
internal struct AnswerShelf
{
    private double _bestScore;

    /// <summary>The newest answer; null = none yet.</summary>
    public Attempt? Last { get; private set; }

    /// <summary>The answer with the highest score, the newer of equals; null = none yet.</summary>
    public Attempt? Best { get; private set; }

    /// <summary>Takes an answer.</summary>
    public void Add(Attempt answer, double score)
    {
        Last = answer;
        if (Best is null || score >= _bestScore)
        {
            Best = answer;
            _bestScore = score;
        }
    }

    /// <summary>Scores the newest answer once more, after a judge or samples.</summary>
    public void Rate(Attempt answer, double score)
    {
        if (ReferenceEquals(answer, Best) || Best is null || score >= _bestScore)
        {
            (Best, _bestScore) = (answer, score);
        }
    }
}
