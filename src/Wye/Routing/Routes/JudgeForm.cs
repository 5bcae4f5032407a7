namespace Wye.Routing.Routes;

/// <summary>How a model is asked who shall answer.</summary>
public enum JudgeForm
{
    /// <summary>Difficulty 1, 2 or 3.</summary>
    Difficulty,

    /// <summary>Level LOW, MEDIUM or HIGH.</summary>
    Level,

    /// <summary>First whether the question is complex, YES or NO; then the answer.</summary>
    Complex,
}
