using System.Buffers;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Text;

namespace Wye.Dialects.Anthropic.Requests;

/// <summary>Splices a caller's body into the body for a provider: what is not replaced stays byte for byte.</summary>
internal ref struct RequestWriter
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly IBufferWriter<byte> _output;
    private int _copied;

    private RequestWriter(ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        _body = body;
        _output = output;
    }

    /// <summary>Writes the body.</summary>
    public static void Write(in ChatCall call, string upstreamModel, IBufferWriter<byte> output)
    {
        var writer = new RequestWriter(call.Request.Body.Span, output);
        writer.Splice(call, upstreamModel);
    }

    private void Splice(in ChatCall call, string upstreamModel)
    {
        var fields = call.Request.Fields;
        var bounded = false;
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            switch (RequestKeys.Of(_body.Slice(field.Name.Start + 1, field.Name.Length - 2)))
            {
                case RequestKey.Model:
                    CopyTo(field.Value);
                    JsonLiterals.WriteString(_output, upstreamModel);
                    break;
                case RequestKey.Messages when call.CutDirective && call.Request.Directive is { } directive:
                    CopyTo(directive.Cut);
                    break;
                case RequestKey.MaxTokens:
                    bounded = true;
                    if (call.MaxOutputTokens is not null || call.Request.MaxOutputTokens is null)
                    {
                        CopyTo(field.Value);
                        JsonLiterals.WriteNumber(_output, OutputBound.Of(call));
                    }

                    break;
                default:
                    break;
            }
        }

        if (!bounded)
        {
            CopyTo(new ByteRange(Math.Max(fields[^1].Value.End, _copied), 0));
            _output.Write(",\"max_tokens\":"u8);
            JsonLiterals.WriteNumber(_output, OutputBound.Of(call));
        }

        _output.Write(_body[_copied..]);
    }

    /// <summary>Copies what stands before a part and leaves the part out.</summary>
    private void CopyTo(ByteRange part)
    {
        _output.Write(_body[_copied..part.Start]);
        _copied = part.End;
    }
}
