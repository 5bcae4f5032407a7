using System.Globalization;
using Wye.Primitives;

namespace Wye.Cli.Http;

/// <summary>A chat answer with the provenance that came with it.</summary>
internal sealed record ChatAnswer
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The text; empty when the answer is a tool call or an error.</summary>
    public string Text { get; init; } = "";

    /// <summary>What went wrong, in the server's words; null = nothing.</summary>
    public string? Error { get; init; }

    /// <summary><c>x-wye-request-id</c>.</summary>
    public string RequestId { get; init; } = "";

    /// <summary><c>x-wye-model</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary><c>x-wye-route</c>.</summary>
    public string Route { get; init; } = "";

    /// <summary><c>x-wye-why</c>.</summary>
    public string Why { get; init; } = "";

    /// <summary><c>x-wye-attempts</c>.</summary>
    public int Attempts { get; init; }

    /// <summary><c>x-wye-cost-usd</c>, or what the stream's closing comment said; null = unknown.</summary>
    public Usd? Cost { get; init; }

    /// <summary><c>x-wye-saved-usd</c>, or what the stream's closing comment said; null = unknown.</summary>
    public Usd? Saved { get; init; }

    /// <summary>Whether an answer came.</summary>
    public bool Succeeded => Status is >= 200 and < 300 && Error is null;

    /// <summary>Reads dollars as headers carry them; null = not a number.</summary>
    public static Usd? Dollars(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var usd)
            ? Usd.FromDollars(usd)
            : null;
}
