namespace Wye.Chat.Events;

/// <summary>What a <see cref="ChatEvent"/> says.</summary>
public enum ChatEventKind
{
    /// <summary>The answer begins: id and model.</summary>
    Start,

    /// <summary>A piece of text.</summary>
    Text,

    /// <summary>A piece of visible reasoning.</summary>
    Reasoning,

    /// <summary>The proof of the reasoning that ended.</summary>
    Signature,

    /// <summary>A tool call begins: index, id and name.</summary>
    ToolStart,

    /// <summary>A piece of a tool call's arguments.</summary>
    ToolArguments,

    /// <summary>The model stopped.</summary>
    Finish,

    /// <summary>Tokens so far; later ones replace what they name.</summary>
    Usage,
}
