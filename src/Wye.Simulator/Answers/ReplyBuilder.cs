using System.Globalization;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers.Tools;
using Wye.Simulator.Models;
using Wye.Simulator.Truth;

namespace Wye.Simulator.Answers;

/// <summary>Works out the whole answer to a call: scripted, else tool calls, else JSON, else prose.</summary>
internal sealed class ReplyBuilder(GroundTruth truth, AnswerScripts scripts, double flawShare)
{
    private static readonly JsonElement s_anyObject = JsonElement.Parse("""{"type":"object"}""");

    public Reply Build(SimulatedCall call)
    {
        var scripted = scripts.Find(call);
        var key = PromptKey.Of(call.Prompt);
        var choices = new ReplyChoice[call.Choices];
        var limit = (long)Math.Min(call.MaxTokens ?? int.MaxValue, call.Model.MaxOutputTokens);
        long output = 0;
        long reasoning = 0;
        bool? correct = scripted?.Correct;
        for (var i = 0; i < choices.Length; i++)
        {
            var draw = truth.Draw(call.Model, key, i);
            var hidden = scripted?.ReasoningTokens ?? Math.Min(limit, ReasoningOf(call, draw));
            choices[i] = Choose(call, key, draw, scripted, limit - hidden);
            if (i == 0 && scripted is null)
            {
                correct = draw.Correct && !IsCutShort(choices[0]);
            }

            reasoning += hidden;
            output += hidden + TokensOf(choices[i]);
        }

        var prompt = scripted?.PromptTokens ?? call.PromptTokens;
        return new Reply
        {
            Choices = choices,
            PromptTokens = prompt,
            CacheRead = Math.Min(prompt, call.CacheReadTokens),
            CacheWrite = Math.Min(prompt - Math.Min(prompt, call.CacheReadTokens), call.CacheWriteTokens),
            OutputTokens = scripted?.CompletionTokens ?? output,
            ReasoningTokens = reasoning,
            Correct = correct,
        };
    }

    private ReplyChoice Choose(SimulatedCall call, string key, in TruthDraw draw, SimulatedAnswer? scripted, long limit)
    {
        if (scripted is not null)
        {
            var calls = scripted.ToolCalls.Select(
                (t, i) => ToolCall(call, i, t.Name, Encoding.UTF8.GetBytes(t.Arguments))
            );
            return Limit(
                call,
                scripted.Text is { } text ? Encoding.UTF8.GetBytes(text) : null,
                [.. calls],
                scripted.Finish,
                scripted.LogProbs,
                draw,
                limit
            );
        }

        var tools = ToolChooser.Choose(call, key);
        if (tools.Count > 0)
        {
            var asked = new ReplyToolCall[tools.Count];
            for (var i = 0; i < asked.Length; i++)
            {
                var schema = tools[i].Schema ?? s_anyObject;
                var arguments = new SchemaSampler(schema, call.Model.Name, draw).Sample();
                asked[i] = ToolCall(call, i, tools[i].Name, arguments);
            }

            return Limit(call, null, asked, null, null, draw, limit);
        }

        var answer =
            call.AnswerSchema is { } wanted ? new SchemaSampler(wanted, call.Model.Name, draw).Sample()
            : call.JsonObject ? JsonAnswer(call.Model, draw)
            : ProseWriter.Write(call.Model.Name, key, draw, Working.Of(flawShare, draw));
        if (Working.ShowsFlaw(flawShare, draw) && answer is [.., (byte)'}'])
        {
            answer = answer[..^1];
        }

        return Limit(call, answer, [], null, null, draw, limit);
    }

    private static ReplyChoice Limit(
        SimulatedCall call,
        byte[]? text,
        ReplyToolCall[] tools,
        FinishReason? finish,
        IReadOnlyList<SimulatedLogProb>? logProbs,
        in TruthDraw draw,
        long limit
    )
    {
        text = StopTexts.Cut(text, call.StopTexts, out var stop);
        var thinking = call.ThinkingBudget > 0 ? ThinkingText(draw) : [];
        limit -= Tokenizer.Count(thinking.Length);
        var cut = false;
        if (text is not null && Tokenizer.Count(text.Length) > limit)
        {
            text = text[..Tokenizer.PrefixLength(text, Math.Max(limit, 0))];
            cut = true;
        }

        return new ReplyChoice
        {
            Text = text,
            Thinking = thinking,
            StopText = cut ? null : stop,
            ToolCalls = tools,
            Finish =
                finish
                ?? (
                    cut ? FinishReason.Length
                    : tools.Length > 0 ? FinishReason.ToolCalls
                    : FinishReason.Stop
                ),
            LogProbs = !call.LogProbs || text is null ? null : logProbs ?? LogProbWriter.Invent(text, draw),
        };
    }

    private static bool IsCutShort(ReplyChoice choice) =>
        choice.Finish == FinishReason.Length && choice.Text?.Length < 80;

    /// <summary>At least one token: even an empty answer ends with one.</summary>
    private static long TokensOf(ReplyChoice choice) =>
        Math.Max(
            1,
            Tokenizer.Count(choice.Text?.Length ?? 0)
                + Tokenizer.Count(choice.Thinking.Length)
                + choice.ToolCalls.Sum(t => (long)Tokenizer.Count(t.Name.Length + t.Arguments.Length))
        );

    private static long ReasoningOf(SimulatedCall call, in TruthDraw draw) =>
        call.Model.Reasons ? 64 * (1 + (long)(draw.Difficulty * 16) + StableHash.Pick(draw.Own, 4)) : 0;

    private static byte[] ThinkingText(in TruthDraw draw) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"[simulated reasoning] Candidates were weighed; {draw.Answer} fits best."
            )
        );

    private static byte[] JsonAnswer(SimulatedModel model, in TruthDraw draw) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"simulated":"{{JsonEncodedText.Encode(model.Name)}}","answer":{{draw.Answer}}}"""
            )
        );

    private static ReplyToolCall ToolCall(SimulatedCall call, int index, string name, byte[] arguments) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"{call.ToolIdPrefix}sim{call.Number:x}_{index}"),
            name,
            arguments
        );
}
