using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

/// <summary>One pass over a request's body. Every step returns false once an error is found.</summary>
internal ref partial struct RequestScan
{
    private BodyScan _scan;

    // What was read of the members.
    private string? _model;
    private string? _user;
    private bool _stream;
    private bool _streamUsage;
    private int? _maxTokens;
    private int _toolCount;
    private int _toolBytes;
    private ByteRange _tools;
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

    private RequestScan(ReadOnlyMemory<byte> body) => _scan = new BodyScan(body);

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
                return true;
            }

            error = scan._scan.Error ?? RequestErrors.Syntax(body.Span, scan._scan.Json.BytesConsumed);
            return false;
        }
        catch (JsonException)
        {
            error = RequestErrors.Syntax(body.Span, scan._scan.Json.BytesConsumed);
            return false;
        }
        finally
        {
            scan._scan.Dispose();
        }
    }

    private bool Scan()
    {
        _scan.Json.Read();
        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.Fail("invalid_json", null, "The body must be a JSON object with 'model' and 'messages'.");
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ScanMember())
            {
                return false;
            }
        }

        // Reads on past the end, so that anything behind the object is found.
        if (_scan.Json.Read())
        {
            return false;
        }

        return _scan.Require((int)RequestKey.Model, "model", "the name of a route or a model")
            && _scan.Require((int)RequestKey.Messages, "messages", "an array with at least one message");
    }

    private bool ScanMember()
    {
        var name = new ByteRange((int)_scan.Json.TokenStartIndex, _scan.Json.ValueSpan.Length + 2);
        if (_scan.Json.ValueSpan.Length > BodyScan.MaxNameLength)
        {
            return _scan.Fail("invalid_value", null, $"A member name is longer than {BodyScan.MaxNameLength} bytes.");
        }

        var key = RequestKeys.Of(_scan.Json.ValueSpan);
        if (!_scan.Declare((int)key, key == RequestKey.Refused, name))
        {
            return false;
        }

        _scan.Json.Read();
        var start = (int)_scan.Json.TokenStartIndex;
        if (!ScanValue(key))
        {
            return false;
        }

        var bytes = (int)_scan.Json.BytesConsumed - start;
        _toolBytes += IsOfTools(key) ? bytes : 0;
        _tools =
            key is RequestKey.Tools or RequestKey.Functions && _toolCount > 0 ? new ByteRange(start, bytes) : _tools;
        _scan.Fields.Add(new BodyField(name, new ByteRange(start, bytes)));
        return true;
    }

    private readonly bool IsOfTools(RequestKey key) =>
        key switch
        {
            RequestKey.Tools or RequestKey.Functions => _toolCount > 0,
            RequestKey.ResponseFormat => (_features & ChatFeatures.JsonSchema) != ChatFeatures.None,
            _ => false,
        };

    private ChatRequest Build(CallerHints hints) =>
        new(_scan.TakeUnescaped())
        {
            Dialect = DialectId.OpenAi,
            Body = _scan.Body,
            Fields = _scan.Fields.ToArray(),
            RequestedModel = _model!,
            Stream = _stream,
            StreamUsage = _streamUsage,
            MaxOutputTokens = _maxTokens,
            Features = FeaturesOfAll(),
            MessageCount = _messageCount,
            ToolCount = _toolCount,
            ToolBytes = _toolBytes,
            ToolJson = _scan.Body.Slice(_tools.Start, _tools.Length),
            ImageCount = _imageCount,
            Texts = _scan.Texts.ToArray(),
            Directive = DirectiveLine.Read(_scan.Body.Span, _lastUserLiteral, _lastUserText),
            User = _user,
            Conversations = ConversationReader.Instance,
            Hints = hints,
        };
}
