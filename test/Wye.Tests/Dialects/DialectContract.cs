using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Dialects;

/// <summary>What every wire format promises; a new dialect runs it with samples of its own.</summary>
public abstract class DialectContract
{
    /// <summary>The dialect under test.</summary>
    public abstract IDialect Dialect { get; }

    /// <summary>A valid request for a model, streamed or not; its only text is <c>Hi</c>, of a user.</summary>
    public abstract string Request(string model, bool stream);

    /// <summary>A valid whole answer with the text <c>Hello</c>, 11 input tokens and 3 output tokens.</summary>
    public abstract string Reply { get; }

    /// <summary>A valid stream of the same answer: event name and payload, the terminator last.</summary>
    public abstract IReadOnlyList<(string? Name, string Data)> Stream { get; }

    /// <summary>What a stream that is cut must not hold, since clients take it for the end of a whole answer.</summary>
    public abstract string Terminator { get; }

    /// <summary>Bodies that are no request of this dialect.</summary>
    public abstract IEnumerable<string> WrongRequests { get; }

    [Fact]
    public void Request_IsReadIntoTheView()
    {
        using var request = Read(Request("auto", stream: true));
        request.Dialect.ShouldBe(Dialect.Id);
        request.RequestedModel.ShouldBe("auto");
        request.Stream.ShouldBeTrue();
        request.MessageCount.ShouldBe(1);
        request.Texts.Count.ShouldBe(1);
        request.Texts[0].Role.ShouldBe(ChatRole.User);
        Encoding.UTF8.GetString(request.Texts[0].Utf8.Span).ShouldBe("Hi");
        foreach (var field in request.Fields)
        {
            var name = request.Body.Span.Slice(field.Name.Start, field.Name.Length);
            (name[0] == '"' && name[^1] == '"').ShouldBeTrue();
            field.Value.Start.ShouldBeGreaterThan(field.Name.End - 1);
        }
    }

    [Fact]
    public void Request_LeavesUnderTheNameTheProviderGivesTheModel()
    {
        using var request = Read(Request("auto", stream: false));
        Write(request, "upstream-1").ShouldBe(Request("upstream-1", stream: false));
    }

    [Fact]
    public void WrongRequest_IsAnErrorThatNamesTheFix()
    {
        foreach (var body in WrongRequests)
        {
            Dialect.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error).ShouldBeFalse(body);
            request.ShouldBeNull();
            error!.Kind.ShouldBe(FailureKind.BadRequest, body);
            error.Message.ShouldNotBeNullOrWhiteSpace();
            error.Code.ShouldNotBeNullOrWhiteSpace();
            Dialect.StatusOf(error).ShouldBe(400);
        }
    }

    [Fact]
    public void ForeignRequest_IsRefusedAsAFailureOfTheTarget()
    {
        using var foreign = new ChatRequest
        {
            Dialect = new DialectId("elvish"),
            Body = default,
            Fields = [],
            RequestedModel = "auto",
            Texts = [],
        };
        Dialect.CanWriteRequest(foreign, out var error).ShouldBeFalse();
        error!.Kind.ShouldBe(FailureKind.NoneAvailable);
        error.Code.ShouldBe("dialect_mismatch");
        error.Message.ShouldContain("elvish");
        Should.Throw<InvalidOperationException>(() => Write(foreign, "m"));
    }

    [Fact]
    public void Reply_IsReadAndRelayedByteForByte()
    {
        var bytes = Encoding.UTF8.GetBytes(Reply);
        Dialect.TryReadReply(Owned(bytes), bytes.Length, out var reply, out _).ShouldBeTrue();
        Encoding.UTF8.GetString(reply!.Text.Span).ShouldBe("Hello");
        reply.Usage.ShouldBe(new Usage { InputTokens = 11, OutputTokens = 3 });
        reply.Finish.ShouldBe(FinishReason.Stop);
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteReply(reply, output);
        output.WrittenSpan.ToArray().ShouldBe(bytes);
        reply.Dispose();
    }

    [Fact]
    public void Stream_IsReadWholeAndRelayed()
    {
        using var request = Read(Request("auto", stream: true));
        var reader = Dialect.CreateFrameReader();
        var frames = Stream.Select(item => reader.Read(item.Name, A.Bytes(item.Data))).ToList();
        frames.ShouldAllBe(frame => frame.Dialect == Dialect.Id && frame.Error == null);
        frames.Sum(frame => frame.ContentBytes).ShouldBe("Hello".Length);
        frames.Last(frame => frame.Usage is not null).Usage!.Value.OutputTokens.ShouldBe(3);
        frames.ShouldContain(frame => frame.Finish == FinishReason.Stop && frame.Has(ChatFrameKinds.Finish));
        frames[^1].Has(ChatFrameKinds.End).ShouldBeTrue();
        frames.SkipLast(1).ShouldAllBe(frame => !frame.Has(ChatFrameKinds.End));
        frames[0].Has(ChatFrameKinds.Committing).ShouldBeFalse("the opening of an answer must not commit");

        var writer = Dialect.CreateFrameWriter(request);
        var output = new ArrayBufferWriter<byte>();
        foreach (var frame in frames.SkipLast(1))
        {
            writer.Write(frame, output);
        }

        var relayed = Encoding.UTF8.GetString(output.WrittenSpan);
        relayed.ShouldNotContain(Terminator);
        relayed.ShouldContain(Stream.First(item => item.Data.Contains("Hello", StringComparison.Ordinal)).Data);
        writer.WriteEnd(frames[^1], output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldContain(Terminator);
    }

    [Fact]
    public void BrokenStream_EndsInAnErrorEvent_WithoutTheTerminator()
    {
        using var request = Read(Request("auto", stream: true));
        var output = new ArrayBufferWriter<byte>();
        Dialect.CreateFrameWriter(request).WriteError(new ChatError(FailureKind.StreamCut, "It broke."), output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        text.ShouldContain("It broke.");
        text.ShouldNotContain(Terminator);
        text.ShouldEndWith("\n\n");
        Dialect
            .CreateFrameReader()
            .Read("error", A.Bytes(text[(text.IndexOf("data: ", StringComparison.Ordinal) + 6)..].Trim()))
            .Has(ChatFrameKinds.Error)
            .ShouldBeTrue();
    }

    [Fact]
    public void Comment_IsALineThatClientsIgnore()
    {
        using var request = Read(Request("auto", stream: true));
        var output = new ArrayBufferWriter<byte>();
        Dialect.CreateFrameWriter(request).WriteComment("ping"u8, output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(": ping\n\n");
    }

    [Fact]
    public void EveryFailure_HasAStatusAndAJsonEnvelope()
    {
        foreach (var kind in Enum.GetValues<FailureKind>())
        {
            var error = new ChatError(kind, "What is wrong.");
            Dialect.StatusOf(error).ShouldBeInRange(400, 599, kind.ToString());
            var output = new ArrayBufferWriter<byte>();
            Dialect.WriteError(error, output);
            using var json = JsonDocument.Parse(output.WrittenMemory);
            json.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldBe("What is wrong.");
            Dialect.ReadError(output.WrittenSpan).Message.ShouldBe("What is wrong.");
        }
    }

    [Fact]
    public void Readers_NeverThrow_WhateverTheBytes()
    {
        var seeds = Stream
            .Select(item => item.Data)
            .Append(Reply)
            .Append(Request("auto", stream: true))
            .Select(text => Encoding.UTF8.GetBytes(text))
            .ToList();
        var mutation = new Mutation(seed: 20_260_101);
        for (var i = Mutation.Rounds; i > 0; i--)
        {
            var bytes = mutation.Of(seeds);
            if (Record.Exception(() => ReadAsEverything(bytes)) is { } thrown)
            {
                Assert.Fail($"{Convert.ToHexString(bytes)}: {thrown}");
            }
        }
    }

    private void ReadAsEverything(byte[] bytes)
    {
        if (Dialect.TryReadRequest(bytes, CallerHints.None, out var request, out _))
        {
            Write(request, "m");
            request.Dispose();
        }

        if (Dialect.TryReadReply(Owned(bytes), bytes.Length, out var reply, out _))
        {
            reply.Dispose();
        }

        Dialect.ReadError(bytes);
        Dialect.CreateFrameReader().Read(null, bytes);
    }

    private ChatRequest Read(string body)
    {
        Dialect
            .TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error)
            .ShouldBeTrue(error?.Message);
        return request!;
    }

    private string Write(ChatRequest request, string model)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(A.CallOf(request), model, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static PooledBuffer Owned(ReadOnlySpan<byte> bytes)
    {
        var buffer = new PooledBuffer();
        buffer.Append(bytes);
        return buffer;
    }
}
