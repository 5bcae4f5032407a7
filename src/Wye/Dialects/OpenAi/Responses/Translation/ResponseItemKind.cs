namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Kinds of output items that answers of other dialects become.</summary>
internal enum ResponseItemKind
{
    /// <summary>Text.</summary>
    Message,

    /// <summary>A call of a function.</summary>
    Call,

    /// <summary>What the model shows of its reasoning.</summary>
    Reasoning,
}
