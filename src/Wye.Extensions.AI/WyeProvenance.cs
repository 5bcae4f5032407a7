using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Wye.Delivery;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>Where an answer came from and what it cost; stands in the additional properties of every answer.</summary>
public sealed record WyeProvenance
{
    /// <summary>Its key in <see cref="ChatResponse.AdditionalProperties"/>; in a stream, in those of the last update.</summary>
    public const string PropertyName = "wye";

    /// <summary>Id of the request; its row in the ledger.</summary>
    public required string RequestId { get; init; }

    /// <summary>Route asked.</summary>
    public required string Route { get; init; }

    /// <summary>Model that answered; null = none.</summary>
    public string? Model { get; init; }

    /// <summary>One line: why this model, and the path if something failed.</summary>
    public required string Why { get; init; }

    /// <summary>Upstream calls made.</summary>
    public int Attempts { get; init; }

    /// <summary>Cost of all of them, in USD.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>The strong model's cost for the same tokens, minus the cost, in USD; null = unknown.</summary>
    public decimal? SavedUsd { get; init; }

    /// <summary>Whether usage or cost are estimates in part.</summary>
    public bool Estimated { get; init; }

    /// <summary>Reads it from a whole answer; false = the answer is not from Wye.</summary>
    public static bool TryRead(ChatResponse response, [NotNullWhen(true)] out WyeProvenance? provenance)
    {
        ArgumentNullException.ThrowIfNull(response);
        // Updates that are joined to a response leave their properties at the message they belong to.
        for (var i = response.Messages.Count - 1; i >= 0; i--)
        {
            if (TryRead(response.Messages[i].AdditionalProperties, out provenance))
            {
                return true;
            }
        }

        return TryRead(response.AdditionalProperties, out provenance);
    }

    /// <summary>Reads it from the additional properties of an answer or update; false = not there.</summary>
    public static bool TryRead(
        AdditionalPropertiesDictionary? properties,
        [NotNullWhen(true)] out WyeProvenance? provenance
    )
    {
        provenance = properties?.TryGetValue(PropertyName, out var value) == true ? value as WyeProvenance : null;
        return provenance is not null;
    }

    internal static WyeProvenance Of(Outcome outcome) =>
        new()
        {
            RequestId = outcome.Head.Request.Value,
            Route = outcome.Head.Route.Value,
            Model = outcome.Head.Model?.Value,
            Why = outcome.Head.Why,
            Attempts = outcome.Head.Attempts,
            CostUsd = outcome.Cost.ToDollars(),
            SavedUsd = outcome.Saved is { } saved ? saved.ToDollars() : null,
            Estimated = outcome.Record.Request.Estimated,
        };

    internal AdditionalPropertiesDictionary AsProperties() => new() { [PropertyName] = this };
}
