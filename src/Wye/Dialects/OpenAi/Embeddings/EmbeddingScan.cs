using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Requests;

namespace Wye.Dialects.OpenAi.Embeddings;

/// <summary>One pass over a request's body. Every step returns false once an error is found.</summary>
internal ref struct EmbeddingScan : IRequestScan<EmbeddingScan>
{
    private const string InputForm = "a text, an array of texts, or tokens";

    private static readonly MemberTable<EmbeddingKey> Table = new(
        EmbeddingKey.Refused,
        ("model", EmbeddingKey.Model),
        ("input", EmbeddingKey.Input),
        ("dimensions", EmbeddingKey.Dimensions),
        ("encoding_format", EmbeddingKey.EncodingFormat),
        ("user", EmbeddingKey.User)
    );

    private BodyScan _scan;
    private string? _model;
    private string? _user;
    private int _inputs;

    private EmbeddingScan(ReadOnlyMemory<byte> body) => _scan = new BodyScan(body);

    /// <inheritdoc/>
    public static EmbeddingScan Of(ReadOnlyMemory<byte> body) => new(body);

    /// <inheritdoc/>
    public static string Needs => "'model' and 'input'";

    /// <inheritdoc/>
    [UnscopedRef]
    public ref BodyScan Scan => ref _scan;

    /// <inheritdoc/>
    public readonly int KeyOf(ReadOnlySpan<byte> name) => (int)Table.Of(name);

    /// <inheritdoc/>
    public bool ScanValue(int key) =>
        (EmbeddingKey)key switch
        {
            EmbeddingKey.Model => _scan.Model(out _model),
            EmbeddingKey.Input => ScanInput(),
            EmbeddingKey.Dimensions => _scan.Count("dimensions", 1, RequestLimits.Dimensions, out _),
            EmbeddingKey.EncodingFormat => ScanEncoding(),
            EmbeddingKey.User => _scan.User("user", out _user),
            _ => _scan.Skip(),
        };

    /// <inheritdoc/>
    public readonly void EndMember(int key, ByteRange value) { }

    /// <inheritdoc/>
    public bool End() =>
        _scan.Require((int)EmbeddingKey.Model, "model", "the name of an embedding model")
        && _scan.Require((int)EmbeddingKey.Input, "input", InputForm);

    /// <inheritdoc/>
    public ChatRequest Build(CallerHints hints) =>
        new(_scan.TakeUnescaped())
        {
            Dialect = DialectId.Embeddings,
            Body = _scan.Body,
            HasUnicodeEscapes = _scan.Json.HasUnicodeEscapes,
            Fields = _scan.Fields.ToArray(),
            RequestedModel = _model!,
            Features = ChatFeatures.Embedding,
            MessageCount = _inputs,
            Texts = _scan.Texts.ToArray(),
            User = _user,
            Hints = hints,
        };

    private bool ScanInput()
    {
        if (_scan.Json.TokenType == JsonTokenType.String)
        {
            return AddText("input");
        }

        if (_scan.Json.TokenType != JsonTokenType.StartArray)
        {
            return _scan.FailType("input", InputForm);
        }

        var tokens = false;
        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            var read = _scan.Json.TokenType switch
            {
                JsonTokenType.String => AddText($"input[{_inputs}]"),
                JsonTokenType.Number => _scan.Json.TryGetInt32(out var token) && token >= 0
                    || _scan.FailType("input", InputForm),
                JsonTokenType.StartArray => ScanTokens(),
                _ => _scan.FailType($"input[{_inputs}]", "a text or an array of tokens"),
            };
            if (!read)
            {
                return false;
            }

            tokens |= _scan.Json.TokenType == JsonTokenType.Number;
            if (_inputs > RequestLimits.Inputs)
            {
                return _scan.Fail(
                    "invalid_value",
                    "input",
                    $"'input' has more than {RequestLimits.Inputs} texts. Send them in several requests."
                );
            }
        }

        if (_inputs > 0 && tokens)
        {
            return _scan.FailType("input", InputForm);
        }

        _inputs = tokens ? 1 : _inputs;
        return _inputs > 0 || _scan.Fail("invalid_value", "input", $"'input' is empty. Send {InputForm}.");
    }

    private bool AddText(string param)
    {
        if (_scan.Json.ValueSpan.IsEmpty)
        {
            return _scan.Fail("invalid_value", param, $"'{param}' is an empty text. Leave it out.");
        }

        _scan.AddText(ChatRole.User, _inputs++);
        return true;
    }

    private bool ScanTokens()
    {
        var param = $"input[{_inputs++}]";
        var count = 0;
        while (_scan.Json.Read() && _scan.Json.TokenType != JsonTokenType.EndArray)
        {
            if (_scan.Json.TokenType != JsonTokenType.Number || !_scan.Json.TryGetInt32(out var token) || token < 0)
            {
                return _scan.FailType(param, "an array of tokens, which are whole numbers");
            }

            count++;
        }

        return count > 0 || _scan.Fail("invalid_value", param, $"'{param}' is empty. Leave it out.");
    }

    private bool ScanEncoding()
    {
        if (_scan.Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        return (
                _scan.Json.TokenType == JsonTokenType.String
                && (_scan.Json.ValueTextEquals("float"u8) || _scan.Json.ValueTextEquals("base64"u8))
            ) || _scan.Fail("invalid_value", "encoding_format", "'encoding_format' must be \"float\" or \"base64\".");
    }
}
