using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Anthropic.Translation;
using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.Anthropic.Requests;

/// <summary>One pass over a request's body. Every step returns false once an error is found.</summary>
internal ref partial struct RequestScan : IRequestScan<RequestScan>
{
    private BodyScan _scan;

    // What was read of the members.
    private string? _model;
    private string? _user;
    private bool _stream;
    private bool _hasSystem;
    private int? _maxTokens;
    private int? _reasoningBudget;
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

    // Of the message that is being read: its first own text, tool results aside.
    private ByteRange _firstLiteral;
    private int _firstOwnText;
    private int _firstText;
    private bool _callsTools;

    private RequestScan(ReadOnlyMemory<byte> body) => _scan = new BodyScan(body);

    /// <inheritdoc/>
    public static RequestScan Of(ReadOnlyMemory<byte> body) => new(body);

    /// <inheritdoc/>
    public static string Needs => "'model' and 'messages'";

    /// <inheritdoc/>
    [UnscopedRef]
    public ref BodyScan Scan => ref _scan;

    /// <inheritdoc/>
    public readonly int KeyOf(ReadOnlySpan<byte> name) => (int)RequestKeys.Of(name);

    /// <inheritdoc/>
    public void EndMember(int key, ByteRange value)
    {
        _toolBytes += (RequestKey)key is RequestKey.Tools or RequestKey.OutputConfig or RequestKey.OutputFormat
            ? value.Length
            : 0;
        _tools = (RequestKey)key == RequestKey.Tools && _toolCount > 0 ? value : _tools;
    }

    /// <inheritdoc/>
    public bool End() =>
        _scan.Require((int)RequestKey.Model, "model", "the name of a route or a model")
        && _scan.Require((int)RequestKey.Messages, "messages", "an array with at least one message");

    /// <inheritdoc/>
    public ChatRequest Build(CallerHints hints) =>
        new(_scan.TakeUnescaped())
        {
            Dialect = DialectId.Anthropic,
            Body = _scan.Body,
            HasUnicodeEscapes = _scan.Json.HasUnicodeEscapes,
            Fields = _scan.Fields.ToArray(),
            RequestedModel = _model!,
            Stream = _stream,
            StreamUsage = true,
            MaxOutputTokens = _maxTokens,
            ReasoningBudget = _reasoningBudget,
            Features = FeaturesOfAll(),
            MessageCount = _messageCount + (_hasSystem ? 1 : 0),
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
