using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Testing;

namespace Wye.Dialects.Translation;

public class TranslationPropertyTests
{
    private static readonly string[] Texts = ["Hi", "Grüße \"x\"\n", "日本", "a\\b", "🙂 </script>", "  padded"];

    [Fact]
    public void RoundTrip_KeepsWhatTheDocumentationSays()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var wanted = Conversation(new Random(seed));
            var openAi = Write(Both.OpenAi, wanted);
            using var first = Both.Read(Both.OpenAi, openAi);
            var (anthropic, dropped) = Both.Write(Both.Anthropic, first);
            dropped.ShouldBeEmpty($"seed {seed}: {openAi}");
            using var second = Both.Read(Both.Anthropic, anthropic);
            var (back, droppedBack) = Both.Write(Both.OpenAi, second);
            droppedBack.ShouldBeEmpty($"seed {seed}");
            using var third = Both.Read(Both.OpenAi, back);
            Shown(third).ShouldBe(Shown(first), $"seed {seed}: {anthropic}");
        }
    }

    [Fact]
    public void Translation_NeverThrows_WhateverTheBytes()
    {
        var openAi = Enumerable
            .Range(0, 40)
            .Select(seed => Write(Both.OpenAi, Conversation(new Random(seed))))
            .ToList();
        var anthropic = openAi.Select(body =>
        {
            using var request = Both.Read(Both.OpenAi, body);
            return Both.Write(Both.Anthropic, request).Body;
        });
        List<byte[]> seeds = [.. openAi.Concat(anthropic).Concat(Answers).Select(Encoding.UTF8.GetBytes)];
        var mutation = new Mutation(seed: 20_261_122);
        for (var i = Mutation.Rounds; i > 0; i--)
        {
            var bytes = mutation.Of(seeds);
            if (Record.Exception(() => TranslateAsEverything(bytes)) is { } thrown)
            {
                Assert.Fail($"{Encoding.UTF8.GetString(bytes)}: {thrown}");
            }
        }
    }

    private static readonly string[] Answers =
    [
        """{"content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"text","text":"a"},{"type":"tool_use","id":"t","name":"n","input":{"a":[1]}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":3}}""",
        """{"choices":[{"index":0,"message":{"content":"a","tool_calls":[{"id":"t","function":{"name":"n","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":3}}""",
        """{"choices":[{"index":0,"delta":{"content":"a","tool_calls":[{"index":0,"id":"t","function":{"name":"n","arguments":"{}"}}]},"finish_reason":"stop"}]}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"t1","name":"w","input":{}}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":"x"},"usage":{"output_tokens":30}}""",
    ];

    private static void TranslateAsEverything(byte[] bytes)
    {
        foreach (var (from, to) in new[] { (Both.OpenAi, Both.Anthropic), (Both.Anthropic, Both.OpenAi) })
        {
            var output = new ArrayBufferWriter<byte>();
            if (from.TryReadRequest(bytes, CallerHints.None, out var request, out _))
            {
                if (to.CanWriteRequest(request, out _))
                {
                    to.WriteRequest(A.CallOf(request), "m", output);
                    to.TryReadRequest(output.WrittenMemory.ToArray(), CallerHints.None, out var again, out _);
                    again?.Dispose();
                }

                request.Dispose();
            }

            var owner = new PooledBuffer();
            owner.Append(bytes);
            if (from.TryReadReply(owner, bytes.Length, out var reply, out _))
            {
                to.WriteReply(reply, new ArrayBufferWriter<byte>());
                reply.Dispose();
            }

            using var asked = Both.Read(
                to,
                "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
            );
            var frame = from.CreateFrameReader().Read(null, bytes);
            if (frame.Error is null)
            {
                var writer = to.CreateFrameWriter(asked);
                try
                {
                    writer.Write(frame, output);
                }
                catch (InvalidDataException)
                {
                    // The stated refusal of mixed arguments.
                }

                writer.WriteEnd(default, output);
            }
        }
    }

    private static string Write(IDialect dialect, ChatConversation conversation)
    {
        using var carrier = new ChatRequest
        {
            Dialect = new DialectId("canonical"),
            Body = default,
            Fields = [],
            RequestedModel = "m",
            Texts = [],
            MaxOutputTokens = 4_000,
            Conversations = new Given(conversation),
        };
        return Both.Write(dialect, carrier).Body;
    }

    private static string Shown(ChatRequest request)
    {
        request.TryReadConversation(out var conversation, out var error).ShouldBeTrue(error?.Message);
        var shown = new StringBuilder();
        foreach (var message in conversation.Messages)
        {
            shown.Append(message.Role).Append(": ");
            foreach (var part in message.Parts)
            {
                shown.Append(
                    part is ToolResultPart result
                        ? $"[{result.CallId} → {string.Join('|', result.Content)}]"
                        : part.ToString()
                );
            }

            shown.AppendLine();
        }

        return shown
            .AppendJoin(',', conversation.Tools)
            .Append(conversation.ToolDemand)
            .Append(conversation.ParallelTools)
            .Append(conversation.Temperature)
            .Append(conversation.TopP)
            .AppendJoin(',', conversation.Stop)
            .Append(conversation.Format?.Schema)
            .Append(conversation.User)
            .Append(request.MaxOutputTokens)
            .ToString();
    }

    /// <summary>What both dialects can say: turns of user and assistant, tools with their results, images.</summary>
    private static ChatConversation Conversation(Random random)
    {
        var messages = ImmutableArray.CreateBuilder<ConversationMessage>();
        if (random.Next(2) == 0)
        {
            messages.Add(new(ChatRole.System, [new TextPart(Texts[random.Next(Texts.Length)])]));
        }

        var withTools = random.Next(2) == 0;
        for (var turn = random.Next(1, 4); turn > 0; turn--)
        {
            messages.Add(new(ChatRole.User, User(random)));
            if (withTools)
            {
                AddToolTurn(messages, random, turn);
            }

            messages.Add(new(ChatRole.Assistant, [new TextPart("answer " + turn)]));
        }

        messages.Add(new(ChatRole.User, User(random)));
        var samples = random.Next(3);
        return new ChatConversation
        {
            Messages = messages.ToImmutable(),
            Tools = withTools
                ? [new("w", "Weather", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
                : [],
            ToolDemand = withTools
                ? random.Next(5) switch
                {
                    0 => new(ToolDemandKind.Auto),
                    1 => new(ToolDemandKind.Required),
                    2 => new(ToolDemandKind.None),
                    3 => new(ToolDemandKind.Named, "w"),
                    _ => null,
                }
                : null,
            Temperature = samples == 0 ? 0.25 : null,
            TopP = samples == 1 ? 0.5 : null,
            Stop = random.Next(2) == 0 ? ["END", "日"] : [],
            Format = random.Next(2) == 0 ? new AnswerFormat("""{"type":"object"}""") : null,
            User = random.Next(2) == 0 ? "u-1" : null,
        };
    }

    private static void AddToolTurn(ImmutableArray<ConversationMessage>.Builder messages, Random random, int turn)
    {
        var calls = Enumerable.Range(0, random.Next(1, 4)).Select(i => $"call_{turn}_{i}").ToList();
        messages.Add(
            new(
                ChatRole.Assistant,
                [new TextPart("let me see"), .. calls.Select(id => new ToolCallPart(id, "w", $$"""{"a":"{{id}}"}"""))]
            )
        );
        foreach (var id in calls)
        {
            messages.Add(
                new(ChatRole.Tool, [new ToolResultPart(id, [new TextPart(Texts[random.Next(Texts.Length)])])])
            );
        }
    }

    private static ImmutableArray<ConversationPart> User(Random random) =>
        random.Next(4) switch
        {
            0 => [new TextPart("look"), new ImagePart { MediaType = "image/png", Base64 = A.Bytes("AAAA") }],
            1 => [new ImagePart { Url = "https://x.y/z.png" }, new TextPart(Texts[random.Next(Texts.Length)])],
            _ => [new TextPart(Texts[random.Next(Texts.Length)])],
        };

    private sealed class Given(ChatConversation conversation) : IConversationReader
    {
        public bool TryRead(ChatRequest request, out ChatConversation read, out ChatError error)
        {
            (read, error) = (conversation, null!);
            return true;
        }
    }
}
