using System.Text;

namespace Wye.Dialects.OpenAi.Responses.Translation;

/// <summary>One item of a response's output, as far as it is known.</summary>
internal sealed class ResponseItem(ResponseItemKind kind, string id)
{
    /// <summary>What it is.</summary>
    public ResponseItemKind Kind { get; } = kind;

    /// <summary>Its id within the response.</summary>
    public string Id { get; } = id;

    /// <summary>Id of the call of a function; else null.</summary>
    public string? Call { get; init; }

    /// <summary>Name of the function; else null.</summary>
    public string? Name { get; init; }

    /// <summary>Text, reasoning or arguments so far.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Whether nothing more comes.</summary>
    public bool Done { get; set; }
}
