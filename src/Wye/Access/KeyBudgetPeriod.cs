namespace Wye.Access;

/// <summary>After which time a key's budget begins anew. The names are persisted: never rename one.</summary>
public enum KeyBudgetPeriod
{
    /// <summary>Every full hour.</summary>
    Hour,

    /// <summary>Every day.</summary>
    Day,

    /// <summary>Every week, from Monday.</summary>
    Week,

    /// <summary>Every calendar month.</summary>
    Month,

    /// <summary>Never.</summary>
    Total,
}
