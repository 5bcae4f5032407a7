using System.Buffers;
using System.Text.Json;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Calls;

/// <summary>The list of one transaction as JSON, in the order that the view <c>intents</c> reads. Buffers are kept.</summary>
internal sealed class IntentList : IDisposable
{
    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private readonly Utf8JsonWriter _json;

    public IntentList() => _json = new(_bytes, new JsonWriterOptions { SkipValidation = true });

    /// <summary>The whole list; nothing can be added to it any more.</summary>
    public ReadOnlySpan<byte> Utf8
    {
        get
        {
            Begin();
            _json.WriteEndArray();
            _json.Flush();
            return _bytes.WrittenSpan;
        }
    }

    /// <summary>Adds a call that is about to be made.</summary>
    public void Add(CallIntent intent, Usd? amount, string accounts)
    {
        Begin();
        _json.WriteStartArray();
        _json.WriteStringValue(intent.Request.Value);
        _json.WriteNumberValue(intent.Number);
        _json.WriteNumberValue(Microseconds.From(intent.At));
        _json.WriteStringValue(intent.Key.Value);
        _json.WriteStringValue(intent.Route.Value);
        _json.WriteStringValue(intent.RequestedModel);
        _json.WriteStringValue(intent.Run);
        _json.WriteNumberValue(intent.Stream ? 1 : 0);
        _json.WriteNumberValue(intent.Node);
        _json.WriteStringValue(intent.Cause);
        _json.WriteStringValue(intent.Model.Value);
        _json.WriteStringValue(intent.Deployment.Value);
        _json.WriteStringValue(intent.Price?.Version);
        if (amount is { } held)
        {
            _json.WriteNumberValue(held.PicoDollars);
        }
        else
        {
            _json.WriteNullValue();
        }

        _json.WriteStringValue(accounts);
        _json.WriteEndArray();
    }

    /// <summary>Adds a call that has ended.</summary>
    public void Add(RequestId request, in EndedCall ended)
    {
        Begin();
        _json.WriteStartArray();
        _json.WriteStringValue(request.Value);
        _json.WriteNumberValue(ended.Number);
        _json.WriteNumberValue(ended.Cost.PicoDollars);
        _json.WriteEndArray();
    }

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        _bytes.ResetWrittenCount();
        _json.Reset();
    }

    public void Dispose() => _json.Dispose();

    private void Begin()
    {
        if (_json.BytesPending == 0 && _json.BytesCommitted == 0)
        {
            _json.WriteStartArray();
        }
    }
}
