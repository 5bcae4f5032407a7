namespace Wye.Simulator.Answers;

/// <summary>Why an answer ended; each dialect has its own word for it.</summary>
public enum FinishReason
{
    /// <summary>The model was done.</summary>
    Stop,

    /// <summary>The output limit was reached.</summary>
    Length,

    /// <summary>The model asks for tools to be called.</summary>
    ToolCalls,

    /// <summary>The provider withheld the rest.</summary>
    ContentFilter,
}
