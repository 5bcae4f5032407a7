using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Completions;

/// <summary>One pass over a request's body. Every step returns false once an error is found.</summary>
internal ref struct CompletionScan : IRequestScan<CompletionScan>
{
    private const string PromptForm = "a text, an array of texts, or tokens";

    private static readonly MemberTable<CompletionKey> Table = new(
        CompletionKey.Refused,
        ("model", CompletionKey.Model),
        ("prompt", CompletionKey.Prompt),
        ("stream", CompletionKey.Stream),
        ("stream_options", CompletionKey.StreamOptions),
        ("max_tokens", CompletionKey.MaxTokens),
        ("temperature", CompletionKey.Temperature),
        ("top_p", CompletionKey.TopP),
        ("presence_penalty", CompletionKey.PresencePenalty),
        ("frequency_penalty", CompletionKey.FrequencyPenalty),
        ("n", CompletionKey.N),
        ("best_of", CompletionKey.BestOf),
        ("stop", CompletionKey.Stop),
        ("user", CompletionKey.User),
        ("logprobs", CompletionKey.LogProbs),
        ("echo", CompletionKey.Echo)
    );

    private BodyScan _scan;
    private string? _model;
    private string? _user;
    private bool _stream;
    private bool _streamUsage;
    private int? _maxTokens;
    private int _prompts;
    private ChatFeatures _features;

    private CompletionScan(ReadOnlyMemory<byte> body) => _scan = new BodyScan(body);

    /// <inheritdoc/>
    public static CompletionScan Of(ReadOnlyMemory<byte> body) => new(body);

    /// <inheritdoc/>
    public static string Needs => "'model' and 'prompt'";

    /// <inheritdoc/>
    [UnscopedRef]
    public ref BodyScan Scan => ref _scan;

    /// <inheritdoc/>
    public readonly int KeyOf(ReadOnlySpan<byte> name) => (int)Table.Of(name);

    /// <inheritdoc/>
    public bool ScanValue(int key) =>
        (CompletionKey)key switch
        {
            CompletionKey.Model => _scan.Model(out _model),
            CompletionKey.Prompt => ScanPrompt(),
            CompletionKey.Stream => _scan.Flag("stream", out _stream),
            CompletionKey.StreamOptions => ScanStreamOptions(),
            CompletionKey.MaxTokens => _scan.Count("max_tokens", 0, int.MaxValue, out _maxTokens),
            CompletionKey.Temperature => _scan.Number("temperature", 0, 2),
            CompletionKey.TopP => _scan.Number("top_p", 0, 1),
            CompletionKey.PresencePenalty => _scan.Number("presence_penalty", -2, 2),
            CompletionKey.FrequencyPenalty => _scan.Number("frequency_penalty", -2, 2),
            CompletionKey.N => ScanChoices("n"),
            CompletionKey.BestOf => ScanChoices("best_of"),
            CompletionKey.Stop => _scan.Stop("stop"),
            CompletionKey.User => _scan.User("user", out _user),
            CompletionKey.LogProbs => ScanLogProbs(),
            CompletionKey.Echo => _scan.Flag("echo", out _),
            _ => _scan.Skip(),
        };

    /// <inheritdoc/>
    public readonly void EndMember(int key, ByteRange value) { }

    /// <inheritdoc/>
    public bool End() =>
        _scan.Require((int)CompletionKey.Model, "model", "the name of a route or a model")
        && _scan.Require((int)CompletionKey.Prompt, "prompt", PromptForm);

    /// <inheritdoc/>
    public ChatRequest Build(CallerHints hints) =>
        new(_scan.TakeUnescaped())
        {
            Dialect = DialectId.Completions,
            Body = _scan.Body,
            HasUnicodeEscapes = _scan.Json.HasUnicodeEscapes,
            Fields = _scan.Fields.ToArray(),
            RequestedModel = _model!,
            Stream = _stream,
            StreamUsage = _streamUsage,
            MaxOutputTokens = _maxTokens is 0 ? null : _maxTokens,
            Features = _prompts > 1 ? _features | ChatFeatures.ManyChoices : _features,
            MessageCount = Math.Max(1, _prompts),
            Texts = _scan.Texts.ToArray(),
            User = _user,
            Conversations = PromptReader.Instance,
            Hints = hints,
        };

    private bool ScanPrompt()
    {
        if (_scan.Json.TokenType == JsonTokenType.String)
        {
            _scan.AddText(ChatRole.User, 0);
            _prompts = 1;
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("prompt", PromptForm);
        }

        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            switch (_scan.Json.TokenType)
            {
                case JsonTokenType.String:
                    _scan.AddText(ChatRole.User, _prompts++);
                    break;
                case JsonTokenType.Number:
                    break;
                case JsonTokenType.StartArray:
                    _prompts++;
                    if (!_scan.Skip())
                    {
                        return false;
                    }

                    break;
                default:
                    return _scan.FailType("prompt", PromptForm);
            }

            if (_prompts > RequestLimits.Choices)
            {
                return _scan.Fail("invalid_value", "prompt", $"'prompt' has more than {RequestLimits.Choices} texts.");
            }
        }

        return true;
    }

    private bool ScanStreamOptions()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (_scan.Json.TokenType != JsonTokenType.StartObject)
        {
            return _scan.FailType("stream_options", "an object such as {\"include_usage\": true}");
        }

        while (_scan.Json.Read() && _scan.Json.TokenType == JsonTokenType.PropertyName)
        {
            var usage = _scan.Json.ValueTextEquals("include_usage"u8);
            _scan.Json.Read();
            if (usage ? !_scan.Flag("stream_options.include_usage", out _streamUsage) : !_scan.Skip())
            {
                return false;
            }
        }

        return true;
    }

    private bool ScanChoices(string param)
    {
        if (!_scan.Count(param, 1, RequestLimits.Choices, out var choices))
        {
            return false;
        }

        _features |= choices > 1 ? ChatFeatures.ManyChoices : ChatFeatures.None;
        return true;
    }

    private bool ScanLogProbs()
    {
        if (!_scan.Count("logprobs", 0, 20, out var wanted))
        {
            return false;
        }

        _features |= wanted is null ? ChatFeatures.None : ChatFeatures.LogProbs;
        return true;
    }
}
