using System.Globalization;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Requests;

/// <summary>
/// What the scan of a request's body needs in every dialect: the reader, what was found so far, and the first error. Every
/// step returns false once an error is found.
/// </summary>
internal ref partial struct BodyScan
{
    /// <summary>Longest member name taken, in bytes as it stands in the body.</summary>
    public const int MaxNameLength = 256;

    /// <summary>Two levels more than are taken, so that the bound is met here with its own code and not as a syntax error.</summary>
    public const int MaxDepth = RequestLimits.Depth + 2;

    /// <summary>The body.</summary>
    public readonly ReadOnlyMemory<byte> Body;

    /// <summary>Where the scan stands.</summary>
    public JsonTokens Json;

    /// <summary>Top-level members so far.</summary>
    public PooledList<BodyField> Fields;

    /// <summary>Texts so far.</summary>
    public PooledList<ChatText> Texts;

    /// <summary>The first error; null = none.</summary>
    public ChatError? Error;

    private PooledBuffer? _unescaped;
    private ulong _seen;

    /// <summary>A scan at the start of a body.</summary>
    public BodyScan(ReadOnlyMemory<byte> body)
    {
        Body = body;

        Json = new JsonTokens(body.Span, MaxDepth);
    }

    /// <summary>Gives the buffer of unescaped texts to its new owner; null = none was needed.</summary>
    public PooledBuffer? TakeUnescaped()
    {
        var unescaped = _unescaped;
        _unescaped = null;
        return unescaped;
    }

    /// <summary>Returns what was borrowed.</summary>
    public void Dispose()
    {
        Fields.Dispose();
        Texts.Dispose();
        _unescaped?.Dispose();
    }

    /// <summary>Whether a member was declared.</summary>
    public readonly bool Has(int key) => (_seen & (1UL << key)) != 0;

    /// <summary>Takes a top-level member's name in; refuses one that stands twice.</summary>
    /// <param name="key">Its number, 1..63; 0 = a member that is not read.</param>
    /// <param name="refused">Whether it may never come from a caller.</param>
    /// <param name="name">Where it stands.</param>
    public bool Declare(int key, bool refused, ByteRange name)
    {
        if (refused)
        {
            var steering = NameOf(name);
            return Fail(
                "unsupported_parameter",
                steering,
                $"'{steering}' is never taken from a caller: where calls go is configured on the server. Leave it out."
            );
        }

        if (Fields.Count >= RequestLimits.Members)
        {
            return Fail("invalid_value", null, $"The body has more than {RequestLimits.Members} members.");
        }

        if (key == 0 ? !IsKnownName(name) : !Has(key))
        {
            _seen |= 1UL << key;
            return true;
        }

        var twice = NameOf(name);
        return Fail("duplicate_key", twice, $"'{twice}' stands twice in the body. Send it once.");
    }

    /// <summary>Demands that a member was there.</summary>
    public bool Require(int key, string name, string what) =>
        Has(key) || Fail("missing_required_parameter", name, $"'{name}' is missing. Send {what}.");

    /// <summary>Keeps an error; always false.</summary>
    public bool Fail(string code, string? param, string message, FailureKind kind = FailureKind.BadRequest)
    {
        Error = new ChatError(kind, message) { Code = code, Param = param };
        return false;
    }

    /// <summary>Keeps the error of a value of a wrong type; always false.</summary>
    public bool FailType(string param, string expected) =>
        Fail("invalid_type", param, string.Create(CultureInfo.InvariantCulture, $"'{param}' must be {expected}."));

    /// <summary>Steps over the value the reader stands on, however deep it is nested, within the bound.</summary>
    public bool Skip()
    {
        if (Json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        var depth = Json.CurrentDepth;
        while (Json.Read())
        {
            if (Json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                if (Json.CurrentDepth >= RequestLimits.Depth)
                {
                    return Fail(
                        "json_too_deep",
                        null,
                        $"The body is nested deeper than {RequestLimits.Depth} levels. Flatten it."
                    );
                }
            }
            else if (Json.CurrentDepth == depth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the string the reader stands on: a slice of the body, or unescaped into the one pooled buffer.</summary>
    /// <returns>Its literal in the body, with the quotes.</returns>
    public ByteRange AddText(ChatRole role, int message)
    {
        var start = (int)Json.TokenStartIndex;
        var length = Json.ValueSpan.Length;
        var utf8 = Json.ValueIsEscaped ? Unescape(Json.ValueSpan) : Body.Slice(start + 1, length);
        Texts.Add(new ChatText(role, message, utf8));
        return new ByteRange(start, length + 2);
    }

    private ReadOnlyMemory<byte> Unescape(ReadOnlySpan<byte> literal)
    {
        // Never longer than what is left of the body, so that it never grows and earlier texts stay where they are.
        _unescaped ??= new PooledBuffer(Body.Length - (int)Json.TokenStartIndex);
        var start = _unescaped.Length;
        var length = JsonEscapes.Unescape(literal, _unescaped.Memory.Span[start..]);
        _unescaped.Advance(length);
        return _unescaped.Memory.Slice(start, length);
    }

    private readonly bool IsKnownName(ByteRange name)
    {
        Span<byte> left = stackalloc byte[MaxNameLength];
        Span<byte> right = stackalloc byte[MaxNameLength];
        var wanted = JsonEscapes.Plain(Inside(name), left);
        foreach (var field in Fields.Items)
        {
            if (JsonEscapes.Plain(Inside(field.Name), right).SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    private readonly ReadOnlySpan<byte> Inside(ByteRange literal) =>
        Body.Span.Slice(literal.Start + 1, literal.Length - 2);

    private readonly string NameOf(ByteRange name) =>
        UpstreamText.Clean(System.Text.Encoding.UTF8.GetString(Inside(name))) ?? "";
}
