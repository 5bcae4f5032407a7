using System.Buffers;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi.Requests;

/// <summary>Splices a caller's body into the body for a provider: what is not replaced stays byte for byte.</summary>
internal ref struct RequestWriter
{
    private readonly ChatCall _call;
    private readonly ReadOnlySpan<byte> _body;
    private readonly IReadOnlyList<BodyField> _fields;
    private readonly IBufferWriter<byte> _output;
    private int _copied;
    private int _leading;
    private bool _streamOptionsWritten;
    private bool _boundWritten;
    private bool _logProbsWritten;
    private bool _alternativesWritten;

    private RequestWriter(in ChatCall call, IBufferWriter<byte> output)
    {
        _call = call;
        _body = call.Request.Body.Span;
        _fields = call.Request.Fields;
        _output = output;
    }

    /// <summary>Writes the body.</summary>
    public static void Write(in ChatCall call, string upstreamModel, IBufferWriter<byte> output)
    {
        var writer = new RequestWriter(call, output);
        writer.Write(upstreamModel);
    }

    private void Write(string upstreamModel)
    {
        var (bound, other) = FindBound();
        for (var i = 0; i < _fields.Count; i++)
        {
            var field = _fields[i];
            switch (KeyOf(field))
            {
                case RequestKey.Model:
                    CopyTo(field.Value);
                    JsonLiterals.WriteString(_output, upstreamModel);
                    break;
                case RequestKey.Messages when _call.CutDirective && _call.Request.Directive is { } directive:
                    CopyTo(directive.Cut);
                    break;
                case RequestKey.StreamOptions when _call.Target.NoStreamOptions:
                    LeaveOut(i);
                    break;
                case RequestKey.StreamOptions when _call.Request.Stream:
                    CopyTo(field.Value);
                    StreamOptionsWriter.Write(_body.Slice(field.Value.Start, field.Value.Length), _output);
                    _streamOptionsWritten = true;
                    break;
                case RequestKey.LogProbs when _call.LogProbs == LogProbUse.Ask:
                    CopyTo(field.Value);
                    _output.Write("true"u8);
                    _logProbsWritten = true;
                    break;
                case RequestKey.TopLogProbs when _call.LogProbs == LogProbUse.Ask:
                    CopyTo(field.Value);
                    JsonLiterals.WriteNumber(_output, _call.TopLogProbs);
                    _alternativesWritten = true;
                    break;
                // Where only the older name is known, one member stays: the one with a number, under that name.
                case RequestKey.MaxCompletionTokens when _call.Target.OlderOutputBound && (other >= 0 || i != bound):
                case RequestKey.MaxTokens when _call.Target.OlderOutputBound && bound >= 0 && i != bound && i != other:
                    LeaveOut(i);
                    break;
                case RequestKey.MaxTokens or RequestKey.MaxCompletionTokens when i == bound || i == other:
                    WriteBound(field, rename: i == bound && other < 0);
                    break;
                default:
                    break;
            }
        }

        var end = _fields[^1].Value.End;
        CopyTo(new ByteRange(Math.Max(end, _copied), 0));
        if (_call.Request.Stream && !_streamOptionsWritten && !_call.Target.NoStreamOptions)
        {
            _output.Write(",\"stream_options\":{\"include_usage\":true}"u8);
        }

        if (_call.MaxOutputTokens is { } tokens && !_boundWritten)
        {
            _output.Write(_call.NewerOutputBound ? ",\"max_completion_tokens\":"u8 : ",\"max_tokens\":"u8);
            JsonLiterals.WriteNumber(_output, tokens);
        }

        AskForLogProbs();
        _output.Write(_body[_copied..]);
    }

    private readonly void AskForLogProbs()
    {
        if (_call.LogProbs == LogProbUse.Ask && !_logProbsWritten)
        {
            _output.Write(",\"logprobs\":true"u8);
        }

        if (_call is { LogProbs: LogProbUse.Ask, TopLogProbs: > 0 } && !_alternativesWritten)
        {
            _output.Write(",\"top_logprobs\":"u8);
            JsonLiterals.WriteNumber(_output, _call.TopLogProbs);
        }
    }

    /// <summary>Finds the members that carry the output bound; a null beside a number is left alone.</summary>
    private readonly (int Bound, int Other) FindBound()
    {
        if (_call is { MaxOutputTokens: null, NewerOutputBound: false, Target.OlderOutputBound: false })
        {
            // It stays as it is, wherever it stands.
            return (-1, -1);
        }

        var (bound, other, empty) = (-1, -1, -1);
        for (var i = 0; i < _fields.Count; i++)
        {
            if (KeyOf(_fields[i]) is not (RequestKey.MaxTokens or RequestKey.MaxCompletionTokens))
            {
                continue;
            }

            if (_body[_fields[i].Value.Start] == (byte)'n')
            {
                empty = empty < 0 ? i : empty;
            }
            else if (bound < 0)
            {
                bound = i;
            }
            else
            {
                other = i;
            }
        }

        // Without a number the bound goes where a null stands, so that no name comes twice.
        return bound >= 0 ? (bound, other) : (_call.MaxOutputTokens is null ? -1 : empty, -1);
    }

    private void WriteBound(BodyField field, bool rename)
    {
        if (
            rename
            && _call.NewerOutputBound
            && KeyOf(field) == RequestKey.MaxTokens
            && !Has(RequestKey.MaxCompletionTokens)
        )
        {
            CopyTo(field.Name);
            _output.Write("\"max_completion_tokens\""u8);
        }
        else if (_call.Target.OlderOutputBound && KeyOf(field) == RequestKey.MaxCompletionTokens)
        {
            CopyTo(field.Name);
            _output.Write("\"max_tokens\""u8);
        }

        _boundWritten = true;
        if (_call.MaxOutputTokens is { } tokens)
        {
            CopyTo(field.Value);
            JsonLiterals.WriteNumber(_output, tokens);
        }
    }

    private readonly bool Has(RequestKey key)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (KeyOf(_fields[i]) == key)
            {
                return true;
            }
        }

        return false;
    }

    private readonly RequestKey KeyOf(BodyField field) =>
        RequestKeys.Of(_body.Slice(field.Name.Start + 1, field.Name.Length - 2));

    /// <summary>Leaves a member out together with one comma; the model is a member too, so there are always two.</summary>
    private void LeaveOut(int index)
    {
        var leads = index == _leading;
        _leading += leads ? 1 : 0;
        var start = leads ? _fields[index].Name.Start : _fields[index - 1].Value.End;
        var end = leads ? _fields[index + 1].Name.Start : _fields[index].Value.End;
        CopyTo(new ByteRange(start, end - start));
    }

    /// <summary>Copies what stands before a part and leaves the part out.</summary>
    private void CopyTo(ByteRange part)
    {
        _output.Write(_body[_copied..part.Start]);
        _copied = part.End;
    }
}
