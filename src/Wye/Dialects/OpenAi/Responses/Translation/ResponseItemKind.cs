namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>Kinds of output items that answers of other dialects become.</summary>
internal enum ResponseItemKind
{
    /// <summary>Text.</summary>
    Message,

    /// <summary>What the model says instead of an answer it refuses.</summary>
    Refusal,

    /// <summary>A call of a function.</summary>
    Call,

    /// <summary>What the model shows of its reasoning.</summary>
    Reasoning,
}
