namespace Wye.Chat.Conversations;

/// <summary>Whether tools must, may or must not be called.</summary>
public enum ToolDemandKind
{
    /// <summary>The model decides.</summary>
    Auto,

    /// <summary>At least one tool must be called.</summary>
    Required,

    /// <summary>None may be called.</summary>
    None,

    /// <summary>One named tool must be called.</summary>
    Named,
}
