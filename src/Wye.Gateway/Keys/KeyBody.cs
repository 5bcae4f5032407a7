using System.Collections.Immutable;
using System.Text.Json;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Primitives;

namespace Wye.Gateway.Keys;

/// <summary>
/// Reads what a caller says of a key: only the fields named here, each of its type. A field that is left out stays as it is, null
/// takes a bound away. Whatever else stands there (id, hash, created_by …) is refused, never taken.
/// </summary>
internal static class KeyBody
{
    private const string Fields =
        "name, role, expires_at, routes, models, rpm, tpm, max_concurrent, budgets, tags, metadata";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Parses a body; an empty one is an empty object.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> body, out JsonDocument? json, out KeyFault? fault)
    {
        try
        {
            json = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, Strict);
            fault = null;
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return true;
            }

            json.Dispose();
        }
        catch (JsonException)
        {
            // Its message would repeat what was sent.
        }

        json = null;
        fault = new KeyFault("invalid_json", "The body must be one JSON object without duplicate members.");
        return false;
    }

    /// <summary>Puts what a body says over a draft.</summary>
    public static KeyFault? Apply(JsonElement body, DateTimeOffset now, ref KeyDraft draft)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (Apply(member.Name, member.Value, now, ref draft) is { } expected)
            {
                return expected.Length == 0
                    ? new KeyFault(
                        "unknown_field",
                        $"A key has no field '{Shown(member.Name)}' that can be set. There are: {Fields}.",
                        Shown(member.Name)
                    )
                    : new KeyFault("invalid_field", $"{member.Name} takes {expected}.", member.Name);
            }
        }

        return null;
    }

    // Null = it was taken; empty = there is no such field; else what it takes.
    private static string? Apply(string name, JsonElement value, DateTimeOffset now, ref KeyDraft draft)
    {
        var rules = draft.Rules;
        switch (name)
        {
            case "name":
                draft = draft with { Name = Text(value) ?? draft.Name };
                return value.ValueKind == JsonValueKind.String ? null : "a text";
            case "role":
                draft = draft with { Role = RoleNames.Read(Text(value)) ?? draft.Role };
                return RoleNames.Read(Text(value)) is null ? "one of " + RoleNames.All : null;
            case "expires_at":
                draft = draft with { ExpiresAt = KeyTime.Moment(Text(value), now) };
                return IsNull(value) || draft.ExpiresAt is not null
                    ? null
                    : "a moment such as 2027-01-31T00:00:00Z, a time from now such as 90d or 12h, or null";
            case "routes":
                draft = draft with { Rules = rules with { Routes = Texts(value) } };
                return IsNull(value) || Texts(value) is not null ? null : "a list of names, or null for every one";
            case "models":
                draft = draft with { Rules = rules with { Models = Texts(value) } };
                return IsNull(value) || Texts(value) is not null ? null : "a list of names, or null for every one";
            case "rpm":
                draft = draft with { Rules = rules with { RequestsPerMinute = (int?)Number(value, int.MaxValue) } };
                return IsNull(value) || Number(value, int.MaxValue) is not null
                    ? null
                    : "a whole number, or null for no limit";
            case "tpm":
                draft = draft with { Rules = rules with { TokensPerMinute = Number(value, long.MaxValue) } };
                return IsNull(value) || Number(value, long.MaxValue) is not null
                    ? null
                    : "a whole number, or null for no limit";
            case "max_concurrent":
                draft = draft with { Rules = rules with { MaxConcurrent = (int?)Number(value, int.MaxValue) } };
                return IsNull(value) || Number(value, int.MaxValue) is not null
                    ? null
                    : "a whole number, or null for no limit";
            case "budgets":
                draft = draft with { Rules = rules with { Budgets = Budgets(value) ?? [] } };
                return IsNull(value) || Budgets(value) is not null
                    ? null
                    : "a list such as [{\"limit_usd\": \"50\", \"per\": \"month\", \"hard\": true}] with per = hour, day, week, month or total";
            case "tags":
                draft = draft with { Rules = rules with { Tags = Texts(value) ?? [] } };
                return IsNull(value) || Texts(value) is not null ? null : "a list of texts";
            case "metadata":
                draft = draft with { Rules = rules with { Metadata = Pairs(value) ?? KeyRules.None.Metadata } };
                return IsNull(value) || Pairs(value) is not null ? null : "an object of texts";
            default:
                return "";
        }
    }

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement value, long most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number <= most ? number : null;

    private static ImmutableArray<string>? Texts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var element in value.EnumerateArray())
        {
            if (Text(element) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string>? Pairs(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var pairs = KeyRules.None.Metadata.ToBuilder();
        foreach (var member in value.EnumerateObject())
        {
            if (Text(member.Value) is not { } text)
            {
                return null;
            }

            pairs[member.Name] = text;
        }

        return pairs.ToImmutable();
    }

    private static ImmutableArray<KeyBudget>? Budgets(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var budgets = ImmutableArray.CreateBuilder<KeyBudget>();
        foreach (var element in value.EnumerateArray())
        {
            if (Budget(element) is not { } budget)
            {
                return null;
            }

            budgets.Add(budget);
        }

        return budgets.ToImmutable();
    }

    private static KeyBudget? Budget(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        Usd? limit = null;
        KeyBudgetPeriod? per = null;
        var hard = true;
        foreach (var member in value.EnumerateObject())
        {
            switch (member.Name)
            {
                case "limit_usd" when Usd.TryParse(AmountText(member.Value), out var amount):
                    limit = amount;
                    break;
                case "per" when KeyRulesJson.TryReadPeriod(Text(member.Value), out var period):
                    per = period;
                    break;
                case "hard" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    hard = member.Value.GetBoolean();
                    break;
                default:
                    return null;
            }
        }

        return limit is { } most && per is { } window ? new KeyBudget(most, window, hard) : null;
    }

    // Money as text is exact; a JSON number is taken as it stands, never through a double.
    private static string? AmountText(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(value);

    private static string Shown(string name) => Http.WyeHeaders.Safe(name.Length <= 64 ? name : name[..64]);
}
