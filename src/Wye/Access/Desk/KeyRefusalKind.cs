namespace Wye.Access.Desk;

/// <summary>Of which sort a refusal is.</summary>
public enum KeyRefusalKind
{
    /// <summary>A value is wrong.</summary>
    Invalid,

    /// <summary>The actor may not give or change that.</summary>
    Forbidden,

    /// <summary>There is no such key.</summary>
    NotFound,

    /// <summary>Somebody else changed it at the same time, or nobody could administer any more.</summary>
    Conflict,
}
