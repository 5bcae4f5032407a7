using System.Collections.Immutable;
using System.Text.Json;

namespace Wye.Dialects.Translation;

/// <summary>Writes texts that end an answer, as many as a provider takes.</summary>
internal static class StopList
{
    /// <summary>Writes the member, if any is left; whether one was left out goes to <paramref name="dropped"/>.</summary>
    /// <param name="json">Stands in the request's object.</param>
    /// <param name="name">What the dialect calls them.</param>
    /// <param name="asked">What the caller asked for.</param>
    /// <param name="unfit">Whether the provider refuses a text; null = it refuses none.</param>
    /// <param name="most">How many it takes; null = no known bound.</param>
    /// <param name="dropped">Takes <c>stop</c>.</param>
    public static void Write(
        Utf8JsonWriter json,
        string name,
        ImmutableArray<string> asked,
        Predicate<string>? unfit,
        int? most,
        ICollection<string>? dropped
    )
    {
        var kept = unfit is null ? asked : asked.RemoveAll(unfit);
        kept = kept[..Math.Min(kept.Length, most ?? kept.Length)];
        if (kept.Length < asked.Length)
        {
            dropped?.Add("stop");
        }

        if (kept.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var stop in kept)
        {
            json.WriteStringValue(stop);
        }

        json.WriteEndArray();
    }
}
