namespace Wye.Chat;

/// <summary>Who speaks in a message.</summary>
public enum ChatRole
{
    /// <summary>Instructions of the application; <c>developer</c> too.</summary>
    System,

    /// <summary>The person or program asking.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The result of a tool call.</summary>
    Tool,
}
