namespace Wye.Ledger.Budgets;

/// <summary>The time a budget's limit is for; it begins anew when the next one starts.</summary>
public enum BudgetWindow
{
    /// <summary>A clock hour.</summary>
    Hour,

    /// <summary>A calendar day.</summary>
    Day,

    /// <summary>A week from Monday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>For ever.</summary>
    Total,
}
