using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Wye.Primitives;

namespace Wye.Access;

/// <summary>The JSON form of <see cref="KeyRules"/>, as stores keep it and as administration shows it.</summary>
public static class KeyRulesJson
{
    /// <summary>Writes the members; the object around them is the caller's.</summary>
    public static void WriteMembers(Utf8JsonWriter json, KeyRules rules)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(rules);
        Names(json, "routes", rules.Routes);
        Names(json, "models", rules.Models);
        Number(json, "rpm", rules.RequestsPerMinute);
        Number(json, "tpm", rules.TokensPerMinute);
        Number(json, "max_concurrent", rules.MaxConcurrent);
        json.WriteStartArray("budgets");
        foreach (var budget in rules.Budgets)
        {
            json.WriteStartObject();
            json.WriteString("limit_usd", budget.Limit.ToDollars().ToString(CultureInfo.InvariantCulture));
            json.WriteString("per", NameOf(budget.Per));
            json.WriteBoolean("hard", budget.Hard);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Names(json, "tags", rules.Tags);
        json.WriteStartObject("metadata");
        foreach (var (name, value) in rules.Metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="WriteMembers"/> wrote.</summary>
    /// <exception cref="FormatException">It did not write that.</exception>
    public static KeyRules Read(JsonElement root)
    {
        try
        {
            return new KeyRules
            {
                Routes = ReadNames(root, "routes"),
                Models = ReadNames(root, "models"),
                RequestsPerMinute = (int?)ReadNumber(root, "rpm"),
                TokensPerMinute = ReadNumber(root, "tpm"),
                MaxConcurrent = (int?)ReadNumber(root, "max_concurrent"),
                Budgets = [.. root.GetProperty("budgets").EnumerateArray().Select(ReadBudget)],
                Tags = ReadNames(root, "tags") ?? [],
                Metadata = root.GetProperty("metadata")
                    .EnumerateObject()
                    .ToImmutableSortedDictionary(
                        pair => pair.Name,
                        pair => pair.Value.GetString()!,
                        StringComparer.Ordinal
                    ),
            };
        }
        catch (Exception error) when (error is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("The rules of a key cannot be read.", error);
        }
    }

    /// <summary>A period as it is written, e.g. <c>month</c>.</summary>
    public static string NameOf(KeyBudgetPeriod period) => period.ToString().ToLowerInvariant();

    /// <summary>The period of that name.</summary>
    public static bool TryReadPeriod(string? name, out KeyBudgetPeriod period)
    {
        foreach (var candidate in Enum.GetValues<KeyBudgetPeriod>())
        {
            if (string.Equals(NameOf(candidate), name, StringComparison.Ordinal))
            {
                period = candidate;
                return true;
            }
        }

        period = default;
        return false;
    }

    private static KeyBudget ReadBudget(JsonElement budget) =>
        Usd.TryParse(budget.GetProperty("limit_usd").GetString(), out var limit)
        && TryReadPeriod(budget.GetProperty("per").GetString(), out var per)
            ? new KeyBudget(limit, per, budget.GetProperty("hard").GetBoolean())
            : throw new FormatException("A budget of a key cannot be read.");

    private static ImmutableArray<string>? ReadNames(JsonElement root, string member) =>
        root.GetProperty(member) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Select(name => name.GetString()!)]
            : null;

    private static long? ReadNumber(JsonElement root, string member) =>
        root.GetProperty(member) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

    private static void Names(Utf8JsonWriter json, string member, ImmutableArray<string>? names)
    {
        if (names is not { } list)
        {
            json.WriteNull(member);
            return;
        }

        json.WriteStartArray(member);
        foreach (var name in list)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string member, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(member, number);
        }
        else
        {
            json.WriteNull(member);
        }
    }
}
