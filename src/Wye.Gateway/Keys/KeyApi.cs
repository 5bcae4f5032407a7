using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Primitives;

namespace Wye.Gateway.Keys;

/// <summary>Administration of keys in JSON: what <c>/admin/keys</c> serves and <c>wye keys</c> calls without a server.</summary>
internal sealed class KeyApi(KeyDesk desk, KeyRing ring, TimeProvider time)
{
    public KeyAnswer List() =>
        Answer(
            StatusCodes.Status200OK,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("keys");
                foreach (var key in desk.All)
                {
                    KeyJson.Write(json, key, ring, time.GetUtcNow());
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    public KeyAnswer Show(string id) =>
        desk.Find(new KeyId(id)) is { } key
            ? Answer(StatusCodes.Status200OK, json => KeyJson.Write(json, key, ring, time.GetUtcNow()))
            : Refuse(new KeyRefusal(KeyRefusalKind.NotFound, $"There is no key '{Http.WyeHeaders.Safe(id)}'."));

    public async Task<KeyAnswer> CreateAsync(
        KeyActor actor,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        if (!KeyBody.TryParse(body, out var json, out var fault))
        {
            return Wrong(fault!);
        }

        using (json)
        {
            var draft = new KeyDraft();
            return KeyBody.Apply(json!.RootElement, time.GetUtcNow(), ref draft) is { } wrong
                ? Wrong(wrong)
                : Answer(await desk.CreateAsync(actor, draft, cancellationToken), StatusCodes.Status201Created);
        }
    }

    public async Task<KeyAnswer> UpdateAsync(
        KeyActor actor,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        if (!KeyBody.TryParse(body, out var json, out var fault))
        {
            return Wrong(fault!);
        }

        using (json)
        {
            var (now, probe) = (time.GetUtcNow(), new KeyDraft());
            if (KeyBody.Apply(json!.RootElement, now, ref probe) is { } wrong)
            {
                return Wrong(wrong);
            }

            return Answer(
                await desk.UpdateAsync(
                    actor,
                    new KeyId(id),
                    draft =>
                    {
                        KeyBody.Apply(json.RootElement, now, ref draft);
                        return draft;
                    },
                    cancellationToken
                )
            );
        }
    }

    public async Task<KeyAnswer> BlockAsync(
        KeyActor actor,
        string id,
        bool blocked,
        CancellationToken cancellationToken
    ) => Answer(await desk.BlockAsync(actor, new KeyId(id), blocked, cancellationToken));

    public async Task<KeyAnswer> RotateAsync(
        KeyActor actor,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        if (!KeyBody.TryParse(body, out var json, out var fault))
        {
            return Wrong(fault!);
        }

        using (json)
        {
            return Overlap(json!.RootElement, out var overlap) is { } wrong
                ? Wrong(wrong)
                : Answer(await desk.RotateAsync(actor, new KeyId(id), overlap, cancellationToken));
        }
    }

    public async Task<KeyAnswer> DeleteAsync(KeyActor actor, string id, CancellationToken cancellationToken) =>
        Answer(await desk.DeleteAsync(actor, new KeyId(id), cancellationToken));

    private static KeyFault? Overlap(JsonElement body, out TimeSpan overlap)
    {
        overlap = KeyDesk.DefaultOverlap;
        foreach (var member in body.EnumerateObject())
        {
            if (member.Name is not "overlap_seconds")
            {
                return new KeyFault("unknown_field", "A rotation takes overlap_seconds only.", "overlap_seconds");
            }

            if (
                member.Value.ValueKind != JsonValueKind.Number
                || !member.Value.TryGetInt64(out var seconds)
                || seconds is < 0
                || seconds > (long)KeyDesk.MostOverlap.TotalSeconds
            )
            {
                return new KeyFault(
                    "invalid_field",
                    $"overlap_seconds takes a whole number in 0..{(long)KeyDesk.MostOverlap.TotalSeconds}.",
                    "overlap_seconds"
                );
            }

            overlap = TimeSpan.FromSeconds(seconds);
        }

        return null;
    }

    private KeyAnswer Answer(KeyResult result, int status = StatusCodes.Status200OK) =>
        result.IsDone
            ? Answer(status, json => KeyJson.Write(json, result.Key, ring, time.GetUtcNow(), result.Text?.Reveal()))
            : Refuse(result.Refusal);

    private static KeyAnswer Wrong(KeyFault fault) => new(StatusCodes.Status400BadRequest, default, fault);

    private static KeyAnswer Refuse(KeyRefusal refusal)
    {
        var (status, code) = refusal.Kind switch
        {
            KeyRefusalKind.Forbidden => (StatusCodes.Status403Forbidden, "beyond_own_rights"),
            KeyRefusalKind.NotFound => (StatusCodes.Status404NotFound, "unknown_key"),
            KeyRefusalKind.Conflict => (StatusCodes.Status409Conflict, "conflict"),
            _ => (StatusCodes.Status400BadRequest, "invalid_field"),
        };
        return new KeyAnswer(status, default, new KeyFault(code, refusal.Message, refusal.Field));
    }

    private static KeyAnswer Answer(int status, Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text))
        {
            write(json);
        }

        return new KeyAnswer(status, text.WrittenMemory);
    }
}
