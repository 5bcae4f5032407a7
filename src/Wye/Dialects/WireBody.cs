using System.Text.Json;
using System.Text.Unicode;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Primitives;

namespace Wye.Dialects;

/// <summary>The one pass over what a provider sends, the same in every dialect: what is no JSON, and what is an error under status 200.</summary>
internal static class WireBody
{
    /// <summary>How whole answers are read. Depth: as deep as requests may be.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads a whole answer; never throws, whatever the bytes.</summary>
    /// <returns>What is wrong with it; null = nothing so far.</returns>
    public static ChatError? ReadAnswer<TView>(ReadOnlySpan<byte> body, ref TView view)
        where TView : struct, IWireView, allows ref struct
    {
        if (!Utf8.IsValid(body))
        {
            return Bad("The provider's answer is not valid UTF-8.");
        }

        try
        {
            var json = new Utf8JsonReader(body, Options);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return Bad("The provider's answer is not a JSON object.");
            }

            ReadMembers(ref json, ref view);
            json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Bad("The provider's answer is not valid JSON.");
        }

        return view.IsError ? OfErrorBody(body) : null;
    }

    /// <summary>Reads the data of an event; never throws, whatever the bytes.</summary>
    /// <returns>False when it is no JSON object.</returns>
    public static bool TryReadEvent<TView>(ReadOnlySpan<byte> data, ref TView view)
        where TView : struct, IWireView, allows ref struct
    {
        if (!Utf8.IsValid(data))
        {
            return false;
        }

        try
        {
            var json = new Utf8JsonReader(data);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            ReadMembers(ref json, ref view);
            return !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Skips a member that the dialect does not read.</summary>
    /// <returns>Whether it is an <c>error</c>, and says that there is one.</returns>
    public static bool SkipOther(ref Utf8JsonReader json)
    {
        var isError = json.ValueTextEquals("error"u8);
        json.Read();
        isError &= json.TokenType is not (JsonTokenType.Null or JsonTokenType.False);
        json.Skip();
        return isError;
    }

    /// <summary>An answer that is none.</summary>
    public static ChatError Bad(string message) => new(FailureKind.BadResponse, message);

    private static void ReadMembers<TView>(ref Utf8JsonReader json, ref TView view)
        where TView : struct, IWireView, allows ref struct
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            view.ReadMember(ref json);
        }
    }

    private static ChatError OfErrorBody(ReadOnlySpan<byte> body)
    {
        var wire = ErrorReader.Read(body);
        return Bad(wire.Message ?? "The provider answered 200 with an error.") with
        {
            Code = wire.Code ?? wire.Type,
            Param = wire.Param,
        };
    }
}
