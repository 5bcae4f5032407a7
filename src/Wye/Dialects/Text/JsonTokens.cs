using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Wye.Dialects.Text;

/// <summary>
/// Reads whole bodies token by token as <see cref="Utf8JsonReader"/> does, with its members and its strictness, and finds the
/// ends of strings by vectors also where they hold escapes, which that reader checks byte by byte.
/// </summary>
/// <remarks>
/// Takes valid UTF-8; whoever calls it has checked that. Half of a surrogate pair in an escape is read as U+FFFD: where
/// <see cref="HasUnicodeEscapes"/>, whoever refuses them looks for them.
/// </remarks>
internal ref partial struct JsonTokens
{
    /// <summary>Most levels that can be opened.</summary>
    public const int MostDepth = 96;

    private readonly ReadOnlySpan<byte> _json;
    private readonly int _maxDepth;
    private Levels _isObject;
    private int _depth;
    private int _at;
    private int _start;

    /// <summary>A reader at the start of a body.</summary>
    /// <param name="json">The body.</param>
    /// <param name="maxDepth">Levels that may be opened, at most <see cref="MostDepth"/>.</param>
    public JsonTokens(ReadOnlySpan<byte> json, int maxDepth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxDepth, MostDepth);
        _json = json;
        _maxDepth = maxDepth;
    }

    /// <summary>What the reader stands on.</summary>
    public JsonTokenType TokenType { get; private set; }

    /// <summary>The token as it stands in the body: of strings and names what is between the quotes.</summary>
    public ReadOnlySpan<byte> ValueSpan { get; private set; }

    /// <summary>Whether a string or name holds escapes.</summary>
    public bool ValueIsEscaped { get; private set; }

    /// <summary>Whether any string or name so far held an escape such as <c>\u00e9</c>.</summary>
    public bool HasUnicodeEscapes { get; private set; }

    /// <summary>Where the token starts, in bytes; of strings and names the quote.</summary>
    public readonly int TokenStartIndex => _start;

    /// <summary>Bytes read so far; behind a name its colon too.</summary>
    public readonly int BytesConsumed => _at;

    /// <summary>Levels that are open around the token.</summary>
    public readonly int CurrentDepth =>
        TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? _depth - 1 : _depth;

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end of the body.</returns>
    /// <exception cref="JsonException">It is not JSON; the message does not say where.</exception>
    public bool Read()
    {
        SkipWhitespace();
        if (_depth == 0 && TokenType != JsonTokenType.None)
        {
            return _at < _json.Length ? throw NotJson() : false;
        }

        var next = Peek();
        if (_depth == 0 || TokenType == JsonTokenType.PropertyName)
        {
            ReadValue(next);
            return true;
        }

        var inObject = _isObject[_depth];
        if (next == (inObject ? (byte)'}' : (byte)']'))
        {
            _start = _at++;
            _depth--;
            TokenType = inObject ? JsonTokenType.EndObject : JsonTokenType.EndArray;
            return true;
        }

        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            if (next != (byte)',')
            {
                throw NotJson();
            }

            _at++;
            SkipWhitespace();
            next = Peek();
        }

        if (inObject)
        {
            ReadName(next);
        }
        else
        {
            ReadValue(next);
        }

        return true;
    }

    /// <summary>
    /// Steps over the next element of an array where it is an object that begins as is known byte for byte, goes on with one
    /// string and then ends: the tokens of a whole object for one comparison. Else stays where it is.
    /// </summary>
    /// <param name="start">The object from its brace up to and with the quote of that string; valid JSON, one level deep.</param>
    /// <returns>True: it stands on the object's end, and <see cref="ValueSpan"/> is the string.</returns>
    public bool TryReadObject(ReadOnlySpan<byte> start)
    {
        var at = _at;
        if (TokenType != JsonTokenType.StartArray)
        {
            if (at >= _json.Length || _json[at] != (byte)',')
            {
                return false;
            }

            at++;
        }

        if (_depth >= _maxDepth || !_json[at..].StartsWith(start))
        {
            return false;
        }

        var back = _at;
        _at = at + start.Length - 1;
        ReadString();
        if (_at < _json.Length && _json[_at] == (byte)'}')
        {
            _at++;
            TokenType = JsonTokenType.EndObject;
            return true;
        }

        _at = back;
        return false;
    }

    /// <summary>Whether the token is a string or name that reads so once it is unescaped.</summary>
    public readonly bool ValueTextEquals(ReadOnlySpan<byte> text)
    {
        if (TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return false;
        }

        return ValueIsEscaped ? EqualsUnescaped(text) : ValueSpan.SequenceEqual(text);
    }

    /// <summary>The string or name, unescaped.</summary>
    public readonly string GetString()
    {
        if (!ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(ValueSpan);
        }

        var plain = new byte[ValueSpan.Length];
        return Encoding.UTF8.GetString(plain, 0, JsonEscapes.Unescape(ValueSpan, plain));
    }

    /// <summary>Reads a number that is written as a whole one and fits.</summary>
    public readonly bool TryGetInt32(out int value) =>
        IsWhole(Utf8Parser.TryParse(ValueSpan, out value, out var consumed), consumed, ref value);

    /// <inheritdoc cref="TryGetInt32"/>
    public readonly bool TryGetInt64(out long value) =>
        IsWhole(Utf8Parser.TryParse(ValueSpan, out value, out var consumed), consumed, ref value);

    /// <inheritdoc cref="TryGetInt32"/>
    public readonly bool TryGetUInt64(out ulong value) =>
        IsWhole(Utf8Parser.TryParse(ValueSpan, out value, out var consumed), consumed, ref value);

    /// <summary>Reads a number.</summary>
    public readonly bool TryGetDouble(out double value) =>
        IsWhole(Utf8Parser.TryParse(ValueSpan, out value, out var consumed), consumed, ref value);

    /// <summary>Whether a number was parsed to its end; else it is 0. Prompts of embeddings may be thousands of these.</summary>
    private readonly bool IsWhole<T>(bool parsed, int consumed, ref T value)
        where T : struct
    {
        if (parsed && consumed == ValueSpan.Length)
        {
            return true;
        }

        value = default;
        return false;
    }

    private readonly bool EqualsUnescaped(ReadOnlySpan<byte> text)
    {
        // An escape stands for a byte at least, and takes at most six for each.
        const int Most = 256;
        const int PerByte = 6;
        if (text.Length > Most / PerByte || ValueSpan.Length > text.Length * PerByte)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[Most];
        return plain[..JsonEscapes.Unescape(ValueSpan, plain)].SequenceEqual(text);
    }

    private void ReadName(byte next)
    {
        if (next != (byte)'"')
        {
            throw NotJson();
        }

        ReadString();
        SkipWhitespace();
        if (Peek() != (byte)':')
        {
            throw NotJson();
        }

        _at++;
        TokenType = JsonTokenType.PropertyName;
    }

    private void ReadValue(byte next)
    {
        switch (next)
        {
            case (byte)'"':
                ReadString();
                TokenType = JsonTokenType.String;
                break;
            case (byte)'{':
                Open(JsonTokenType.StartObject);
                break;
            case (byte)'[':
                Open(JsonTokenType.StartArray);
                break;
            case (byte)'t':
                ReadLiteral("true"u8, JsonTokenType.True);
                break;
            case (byte)'f':
                ReadLiteral("false"u8, JsonTokenType.False);
                break;
            case (byte)'n':
                ReadLiteral("null"u8, JsonTokenType.Null);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void Open(JsonTokenType token)
    {
        if (_depth >= _maxDepth)
        {
            throw NotJson();
        }

        _isObject[++_depth] = token == JsonTokenType.StartObject;
        _start = _at++;
        TokenType = token;
    }

    private void ReadLiteral(ReadOnlySpan<byte> literal, JsonTokenType token)
    {
        if (!_json[_at..].StartsWith(literal))
        {
            throw NotJson();
        }

        Take(literal.Length, token);
    }

    private void ReadNumber()
    {
        var text = _json[_at..];
        var at = text[0] == (byte)'-' ? 1 : 0;
        at = at < text.Length && text[at] == (byte)'0' ? at + 1 : Digits(text, at);
        if (at < text.Length && text[at] == (byte)'.')
        {
            at = Digits(text, at + 1);
        }

        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at = Digits(text, at < text.Length && text[at] is (byte)'+' or (byte)'-' ? at + 1 : at);
        }

        // What follows is read with the next token, but a number must have an end.
        if (at < text.Length ? !",}] \n\r\t/"u8.Contains(text[at]) : _depth > 0)
        {
            throw NotJson();
        }

        Take(at, JsonTokenType.Number);
    }

    private void Take(int length, JsonTokenType token)
    {
        _start = _at;
        ValueSpan = _json.Slice(_at, length);
        _at += length;
        TokenType = token;
    }

    private static int Digits(ReadOnlySpan<byte> text, int from)
    {
        var at = from;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            at++;
        }

        return at > from ? at : throw NotJson();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipWhitespace()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private readonly byte Peek() => _at < _json.Length ? _json[_at] : throw NotJson();

    private static JsonException NotJson() => new("The body is not valid JSON.");

    [InlineArray(MostDepth + 1)]
    private struct Levels
    {
        private bool _isObject;
    }
}
