namespace Wye.Ledger.Budgets;

/// <summary>Whose spending a budget counts.</summary>
public enum BudgetScope
{
    /// <summary>Everybody's, together.</summary>
    Global,

    /// <summary>Each virtual key's.</summary>
    Key,

    /// <summary>Each tag's: of the key, or as the caller sends it.</summary>
    Tag,

    /// <summary>Each user's, as the caller names them.</summary>
    User,

    /// <summary>Each route's.</summary>
    Route,

    /// <summary>Each called model's.</summary>
    Model,

    /// <summary>Each called provider's.</summary>
    Provider,

    /// <summary>Each workflow run's.</summary>
    Run,
}
