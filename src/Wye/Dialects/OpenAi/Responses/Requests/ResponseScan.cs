using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.OpenAi.Responses.Translation;
using Wye.Dialects.Requests;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Responses.Requests;

/// <summary>One pass over a request's body. Every step returns false once an error is found.</summary>
internal ref partial struct ResponseScan : IRequestScan<ResponseScan>
{
    private BodyScan _scan;
    private string? _model;
    private string? _user;
    private bool _stream;
    private int? _maxTokens;
    private int _toolCount;
    private int _toolBytes;
    private ByteRange _tools;
    private ChatFeatures _features;

    private bool _hasInstructions;
    private int _itemCount;
    private int? _ownMessages;
    private int _imageCount;
    private ByteRange _lastUserLiteral;
    private ReadOnlyMemory<byte> _lastUserText;

    // Of the item that is being read: its first text.
    private ByteRange _firstLiteral;
    private bool _badOutput;
    private int _firstText;

    private ResponseScan(ReadOnlyMemory<byte> body) => _scan = new BodyScan(body);

    /// <inheritdoc/>
    public static ResponseScan Of(ReadOnlyMemory<byte> body) => new(body);

    /// <inheritdoc/>
    public static string Needs => "'model' and 'input'";

    /// <inheritdoc/>
    [UnscopedRef]
    public ref BodyScan Scan => ref _scan;

    /// <summary>Reads a body in which kept items were put before its caller's own; never throws, whatever the bytes.</summary>
    /// <param name="body">The body.</param>
    /// <param name="own">The request as its caller sent it.</param>
    /// <param name="request">The request.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryReadJoined(
        ReadOnlyMemory<byte> body,
        ChatRequest own,
        [NotNullWhen(true)] out ChatRequest? request,
        [NotNullWhen(false)] out ChatError? error
    )
    {
        var scan = new ResponseScan(body) { _ownMessages = own.MessageCount };
        return RequestReader.TryRead(ref scan, own.Hints, out request, out error);
    }

    /// <inheritdoc/>
    public readonly int KeyOf(ReadOnlySpan<byte> name) => (int)ResponseKeys.Of(name);

    /// <inheritdoc/>
    public bool ScanValue(int key) =>
        (ResponseKey)key switch
        {
            ResponseKey.Model => _scan.Model(out _model),
            ResponseKey.Input => ScanInput(),
            ResponseKey.Instructions => ScanInstructions(),
            ResponseKey.PreviousResponseId => ScanShortText("previous_response_id"),
            ResponseKey.Store => _scan.Flag("store", out _),
            ResponseKey.Stream => _scan.Flag("stream", out _stream),
            ResponseKey.MaxOutputTokens => _scan.Count("max_output_tokens", 1, int.MaxValue, out _maxTokens),
            ResponseKey.Temperature => _scan.Number("temperature", 0, 2),
            ResponseKey.TopP => _scan.Number("top_p", 0, 1),
            ResponseKey.User => _scan.User("user", out _user),
            ResponseKey.Tools => ScanTools(),
            ResponseKey.ToolChoice => ScanToolChoice(),
            ResponseKey.ParallelToolCalls => _scan.Flag("parallel_tool_calls", out _),
            ResponseKey.Text => ScanText(),
            ResponseKey.Reasoning => ScanReasoning(),
            ResponseKey.Metadata => ScanObject("metadata"),
            ResponseKey.Background => ScanBackground(),
            ResponseKey.Conversation => Refuse(
                "conversation",
                "Send the whole conversation as 'input', or previous_response_id."
            ),
            ResponseKey.Prompt => Refuse("prompt", "Prompt templates live with their provider: send 'input'."),
            ResponseKey.TopLogProbs => _scan.Count("top_logprobs", 0, 20, out _),
            ResponseKey.Truncation => ScanShortText("truncation"),
            _ => _scan.Skip(),
        };

    /// <inheritdoc/>
    public void EndMember(int key, ByteRange value)
    {
        var isTools = (ResponseKey)key == ResponseKey.Tools && _toolCount > 0;
        var isSchema =
            (ResponseKey)key == ResponseKey.Text && (_features & ChatFeatures.JsonSchema) != ChatFeatures.None;
        _toolBytes += isTools || isSchema ? value.Length : 0;
        _tools = isTools ? value : _tools;
    }

    /// <inheritdoc/>
    public bool End() =>
        _scan.Require((int)ResponseKey.Model, "model", "the name of a route or a model")
        && _scan.Require((int)ResponseKey.Input, "input", "a text or an array of input items");

    private readonly int Messages => _itemCount + (_hasInstructions ? 1 : 0);

    /// <inheritdoc/>
    public ChatRequest Build(CallerHints hints) =>
        new(_scan.TakeUnescaped())
        {
            Dialect = DialectId.Responses,
            Body = _scan.Body,
            HasUnicodeEscapes = _scan.Json.HasUnicodeEscapes,
            Fields = _scan.Fields.ToArray(),
            RequestedModel = _model!,
            Stream = _stream,
            StreamUsage = true,
            MaxOutputTokens = _maxTokens,
            Features = _features,
            MessageCount = Messages,
            KeptItems = Messages - (_ownMessages ?? Messages),
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
