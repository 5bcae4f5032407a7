namespace Wye.Gates;

/// <summary>What answers are compared by.</summary>
public enum AgreementForm
{
    /// <summary>The last number of the result.</summary>
    Number,

    /// <summary>The letter chosen.</summary>
    Choice,

    /// <summary>JSON, whatever the order of members.</summary>
    Json,

    /// <summary>The words of the result.</summary>
    Text,
}
