using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;

namespace Wye.Dialects.Requests;

/// <summary>The one pass over a request's body, the same in every dialect: members, their bounds, and what is no JSON.</summary>
internal static class RequestReader
{
    /// <summary>Number of members that a dialect does not read.</summary>
    public const int Unknown = 0;

    /// <summary>Number of members that may never come from a caller.</summary>
    public const int Refused = 1;

    /// <summary>Reads a body; never throws, whatever the bytes.</summary>
    public static bool TryRead<TScan>(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    )
        where TScan : struct, IRequestScan<TScan>, allows ref struct
    {
        var scan = TScan.Of(body);
        return TryRead(ref scan, hints, out request, out error);
    }

    /// <summary>The same by a scan that knows more than the body.</summary>
    public static bool TryRead<TScan>(
        scoped ref TScan scan,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    )
        where TScan : struct, IRequestScan<TScan>, allows ref struct
    {
        request = null;
        var body = scan.Scan.Body;
        try
        {
            error = RequestErrors.OfBytes(body.Span, TScan.Needs);
            if (error is not null)
            {
                return false;
            }

            var read = Scan(ref scan);
            if (!read || scan.Scan.Json.HasUnicodeEscapes)
            {
                error = RequestErrors.OfEscapes(body.Span);
            }

            if (read && error is null)
            {
                request = scan.Build(hints);
                return true;
            }

            error ??= scan.Scan.Error ?? RequestErrors.Syntax(body.Span);
            return false;
        }
        catch (JsonException)
        {
            error = RequestErrors.OfEscapes(body.Span) ?? RequestErrors.Syntax(body.Span);
            return false;
        }
        finally
        {
            scan.Scan.Dispose();
        }
    }

    private static bool Scan<TScan>(scoped ref TScan scan)
        where TScan : struct, IRequestScan<TScan>, allows ref struct
    {
        ref var body = ref scan.Scan;
        body.Json.Read();
        if (body.Json.TokenType != JsonTokenType.StartObject)
        {
            return body.Fail("invalid_json", null, $"The body must be a JSON object with {TScan.Needs}.");
        }

        while (body.Json.Read() && body.Json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ScanMember(ref scan, ref body))
            {
                return false;
            }
        }

        // Reads on past the end, so that anything behind the object is found.
        return !body.Json.Read() && scan.End();
    }

    private static bool ScanMember<TScan>(scoped ref TScan scan, ref BodyScan body)
        where TScan : struct, IRequestScan<TScan>, allows ref struct
    {
        var name = new ByteRange((int)body.Json.TokenStartIndex, body.Json.ValueSpan.Length + 2);
        if (body.Json.ValueSpan.Length > BodyScan.MaxNameLength)
        {
            return body.Fail("invalid_value", null, $"A member name is longer than {BodyScan.MaxNameLength} bytes.");
        }

        var key = scan.KeyOf(body.Json.ValueSpan);
        if (!body.Declare(key, key == Refused, name))
        {
            return false;
        }

        body.Json.Read();
        var start = (int)body.Json.TokenStartIndex;
        if (!scan.ScanValue(key))
        {
            return false;
        }

        var value = new ByteRange(start, (int)body.Json.BytesConsumed - start);
        scan.EndMember(key, value);
        body.Fields.Add(new BodyField(name, value));
        return true;
    }
}
