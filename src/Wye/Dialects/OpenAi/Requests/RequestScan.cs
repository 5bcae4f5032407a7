using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi.Requests;

/// <summary>One pass over a request's body. Every step returns false once an error is found.</summary>
internal ref partial struct RequestScan
{
    private readonly ReadOnlyMemory<byte> _body;
    private Utf8JsonReader _json;
    private PooledList<BodyField> _fields;
    private PooledList<ChatText> _texts;
    private PooledBuffer? _unescaped;
    private ulong _seen;
    private ChatError? _error;

    // What was read of the members.
    private string? _model;
    private string? _user;
    private bool _stream;
    private bool _streamUsage;
    private int? _maxTokens;
    private int _toolCount;
    private ChatFeatures _features;

    // What was read of the messages.
    private int _messageCount;
    private int _imageCount;
    private ChatRole _lastRole;
    private bool _lastCallsTools;
    private ByteRange _lastUserLiteral;
    private ReadOnlyMemory<byte> _lastUserText;

    // Of the message that is being read: its first text.
    private ByteRange _firstLiteral;
    private int _firstText;

    private RequestScan(ReadOnlyMemory<byte> body)
    {
        _body = body;

        // Two levels more than are taken, so that the bound is met here with its own code and not as a syntax error.
        _json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = RequestLimits.Depth + 2 });
    }

    /// <summary>Reads a body; never throws, whatever the bytes.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        CallerHints hints,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        request = null;
        error = RequestErrors.OfBytes(body.Span);
        if (error is not null)
        {
            return false;
        }

        var scan = new RequestScan(body);
        try
        {
            if (scan.Scan())
            {
                request = scan.Build(hints);
                scan._unescaped = null;
                return true;
            }

            error = scan._error ?? RequestErrors.Syntax(body.Span, scan._json.BytesConsumed);
            return false;
        }
        catch (JsonException)
        {
            error = RequestErrors.Syntax(body.Span, scan._json.BytesConsumed);
            return false;
        }
        finally
        {
            scan._fields.Dispose();
            scan._texts.Dispose();
            scan._unescaped?.Dispose();
        }
    }

    private bool Scan()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return Fail("invalid_json", null, "The body must be a JSON object with 'model' and 'messages'.");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ScanMember())
            {
                return false;
            }
        }

        // Reads on past the end, so that anything behind the object is found.
        if (_json.Read())
        {
            return false;
        }

        return Require(RequestKey.Model, "model", "the name of a route or a model")
            && Require(RequestKey.Messages, "messages", "an array with at least one message");
    }

    private bool ScanMember()
    {
        var name = new ByteRange((int)_json.TokenStartIndex, _json.ValueSpan.Length + 2);
        if (_json.ValueSpan.Length > RequestKeys.MaxNameLength)
        {
            return Fail("invalid_value", null, $"A member name is longer than {RequestKeys.MaxNameLength} bytes.");
        }

        var key = RequestKeys.Of(_json.ValueSpan);
        if (!Declare(key, name))
        {
            return false;
        }

        _json.Read();
        var start = (int)_json.TokenStartIndex;
        if (!ScanValue(key))
        {
            return false;
        }

        _fields.Add(new BodyField(name, new ByteRange(start, (int)_json.BytesConsumed - start)));
        return true;
    }

    private bool Declare(RequestKey key, ByteRange name)
    {
        if (key == RequestKey.Refused)
        {
            var refused = NameOf(name);
            return Fail(
                "unsupported_parameter",
                refused,
                $"'{refused}' is never taken from a caller: where calls go is configured on the server. Leave it out."
            );
        }

        if (_fields.Count >= RequestLimits.Members)
        {
            return Fail("invalid_value", null, $"The body has more than {RequestLimits.Members} members.");
        }

        if (key == RequestKey.Unknown ? !IsKnownName(name) : (_seen & (1UL << (int)key)) == 0)
        {
            _seen |= 1UL << (int)key;
            return true;
        }

        var twice = NameOf(name);
        return Fail("duplicate_key", twice, $"'{twice}' stands twice in the body. Send it once.");
    }

    private readonly bool IsKnownName(ByteRange name)
    {
        Span<byte> left = stackalloc byte[RequestKeys.MaxNameLength];
        Span<byte> right = stackalloc byte[RequestKeys.MaxNameLength];
        var wanted = JsonEscapes.Plain(Inside(name), left);
        foreach (var field in _fields.Items)
        {
            if (JsonEscapes.Plain(Inside(field.Name), right).SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    private readonly ReadOnlySpan<byte> Inside(ByteRange literal) =>
        _body.Span.Slice(literal.Start + 1, literal.Length - 2);

    private readonly string NameOf(ByteRange name) =>
        UpstreamText.Clean(System.Text.Encoding.UTF8.GetString(Inside(name))) ?? "";

    private bool Require(RequestKey key, string name, string what) =>
        (_seen & (1UL << (int)key)) != 0
        || Fail("missing_required_parameter", name, $"'{name}' is missing. Send {what}.");

    private bool Fail(string code, string? param, string message, FailureKind kind = FailureKind.BadRequest)
    {
        _error = new ChatError(kind, message) { Code = code, Param = param };
        return false;
    }

    private bool FailType(string param, string expected) =>
        Fail("invalid_type", param, string.Create(CultureInfo.InvariantCulture, $"'{param}' must be {expected}."));

    /// <summary>Steps over the value the reader stands on, however deep it is nested, within the bound.</summary>
    private bool Skip()
    {
        if (_json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        var depth = _json.CurrentDepth;
        while (_json.Read())
        {
            if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (_json.CurrentDepth >= RequestLimits.Depth)
                {
                    return Fail(
                        "json_too_deep",
                        null,
                        $"The body is nested deeper than {RequestLimits.Depth} levels. Flatten it."
                    );
                }
            }
            else if (_json.CurrentDepth == depth)
            {
                return true;
            }
        }

        return false;
    }

    private readonly ChatRequest Build(CallerHints hints) =>
        new(_unescaped)
        {
            Dialect = DialectId.OpenAi,
            Body = _body,
            Fields = _fields.ToArray(),
            RequestedModel = _model!,
            Stream = _stream,
            StreamUsage = _streamUsage,
            MaxOutputTokens = _maxTokens,
            Features = FeaturesOfAll(),
            MessageCount = _messageCount,
            ToolCount = _toolCount,
            ImageCount = _imageCount,
            Texts = _texts.ToArray(),
            Directive = DirectiveLine.Read(_body.Span, _lastUserLiteral, _lastUserText),
            User = _user,
            Hints = hints,
        };
}
