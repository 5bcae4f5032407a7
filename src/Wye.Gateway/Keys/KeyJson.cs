using System.Globalization;
using System.Text.Json;
using Wye.Access;

namespace Wye.Gateway.Keys;

/// <summary>A key as administration shows it: all but its hashes.</summary>
internal static class KeyJson
{
    public static void Write(Utf8JsonWriter json, VirtualKey key, KeyRing ring, DateTimeOffset now, string? text = null)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id.Value);
        if (text is not null)
        {
            json.WriteString("key", text);
        }

        json.WriteString("name", key.Name);
        json.WriteString("role", RoleNames.Of(key.Role));
        json.WriteString("state", StateOf(key, now));
        json.WriteBoolean("blocked", key.Blocked);
        Moment(json, "created_at", key.CreatedAt);
        json.WriteString("created_by", key.CreatedBy);
        Moment(json, "expires_at", key.ExpiresAt);
        Moment(json, "previous_secret_until", key.PreviousUntil > now ? key.PreviousUntil : null);
        KeyRulesJson.WriteMembers(json, key.Rules);
        if (ring.StateOf(key.Id) is { } state)
        {
            Live(json, state);
        }

        json.WriteEndObject();
    }

    /// <summary><c>active</c>, <c>blocked</c> or <c>expired</c>.</summary>
    public static string StateOf(VirtualKey key, DateTimeOffset now) =>
        key.Blocked ? "blocked"
        : key.IsValidAt(now) ? "active"
        : "expired";

    // Of this process: what the limits count. Null = nothing counts it, since it was never limited.
    private static void Live(Utf8JsonWriter json, KeyState state)
    {
        var (requests, tokens) = state.Limiter.Used();
        json.WriteStartObject("last_minute");
        Number(json, "requests", requests);
        Number(json, "tokens", tokens);
        json.WriteNumber("running", state.Limiter.Running);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void Moment(Utf8JsonWriter json, string name, DateTimeOffset? at) =>
        json.WriteString(name, at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
