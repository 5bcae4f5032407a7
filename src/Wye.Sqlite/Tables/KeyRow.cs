using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Wye.Access;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Tables;

/// <summary>A key as a row of its table.</summary>
internal static class KeyRow
{
    public const string Columns =
        "id, role, hash, pepper_mark, created_us, name, previous_hash, previous_until_us, created_by, expires_us, blocked, "
        + "rules, revision";

    public const string Parameters =
        "$id, $role, $hash, $mark, $created, $name, $previous, $previous_until, $created_by, $expires, $blocked, $rules, $revision";

    /// <summary>Binds <see cref="Parameters"/>.</summary>
    public static void Bind(SqliteCommand command, VirtualKey key)
    {
        var bound = command.Parameters;
        bound.AddWithValue("$id", key.Id.Value);
        bound.AddWithValue("$role", key.Role.ToString());
        bound.AddWithValue("$hash", key.Hash.ToArray());
        bound.AddWithValue("$mark", key.PepperMark);
        bound.AddWithValue("$created", Microseconds.From(key.CreatedAt));
        bound.AddWithValue("$name", key.Name);
        bound.AddWithValue("$previous", (object?)key.PreviousHash?.ToArray() ?? DBNull.Value);
        bound.AddWithValue("$previous_until", Moment(key.PreviousUntil));
        bound.AddWithValue("$created_by", key.CreatedBy);
        bound.AddWithValue("$expires", Moment(key.ExpiresAt));
        bound.AddWithValue("$blocked", key.Blocked);
        bound.AddWithValue("$rules", RulesText(key.Rules));
        bound.AddWithValue("$revision", key.Revision);
    }

    /// <summary>Reads <see cref="Columns"/>.</summary>
    public static VirtualKey Read(SqliteDataReader reader)
    {
        var row = new RowReader(reader);
        return new VirtualKey
        {
            Id = new(row.Text()),
            Role = ReadRole(row.Text(), out var known),
            Hash = ImmutableArray.Create(row.Bytes()),
            PepperMark = row.Text(),
            CreatedAt = Microseconds.Read(row.Long()),
            Name = row.Text(),
            PreviousHash = row.BytesOrNull() is { } previous ? ImmutableArray.Create(previous) : null,
            PreviousUntil = Read(row.LongOrNull()),
            CreatedBy = row.Text(),
            ExpiresAt = Read(row.LongOrNull()),
            Blocked = row.Flag() | !known,
            Rules = ReadRules(row.Text()),
            Revision = (int)row.Long(),
        };
    }

    // An unknown role has no rights that could be told: the key waits, blocked, for a Wye that knows it.
    private static AccessRole ReadRole(string name, out bool known)
    {
        known = Enum.TryParse<AccessRole>(name, out var role) && Enum.IsDefined(role);
        return known ? role : AccessRole.DataPlane;
    }

    private static string RulesText(KeyRules rules)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            KeyRulesJson.WriteMembers(json, rules);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static KeyRules ReadRules(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return KeyRulesJson.Read(json.RootElement);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            // Rules that cannot be read must not be taken for none.
            throw new AccessUnavailableException($"The rules of a stored key cannot be read: {error.Message}", error);
        }
    }

    private static object Moment(DateTimeOffset? at) => at is { } moment ? Microseconds.From(moment) : DBNull.Value;

    private static DateTimeOffset? Read(long? microseconds) =>
        microseconds is { } known ? Microseconds.Read(known) : null;
}
