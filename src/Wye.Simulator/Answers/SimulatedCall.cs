using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers.Tools;
using Wye.Simulator.Models;

namespace Wye.Simulator.Answers;

/// <summary>One chat call as the Simulator understood it, whatever dialect it came in.</summary>
/// <remarks>Scripts may keep it: nothing in it is reused after the call.</remarks>
public sealed class SimulatedCall
{
    private IReadOnlyList<SimulatedMessage>? _messages;

    internal SimulatedCall(long number, string? requestId, string idPrefix, ReadOnlyMemory<byte> body)
    {
        Number = number;
        var hex = number.ToString("x12", System.Globalization.CultureInfo.InvariantCulture);
        RequestId = requestId ?? "req_sim" + hex;
        ResponseId = idPrefix + "sim" + hex;
        Body = body;
        Transcript = new Transcript(body.Length + 64);
    }

    /// <summary>Number of the call among all calls to this Simulator; from 1.</summary>
    public long Number { get; }

    /// <summary>The caller's id of the call, or one the Simulator made; see <see cref="Billing.BillLine.RequestId"/>.</summary>
    public string RequestId { get; }

    /// <summary>The <c>id</c> of the answer.</summary>
    public string ResponseId { get; }

    /// <summary>The request body as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The model asked for.</summary>
    public SimulatedModel Model { get; internal set; } = null!;

    /// <summary>The text of the last user message; "" when there is none.</summary>
    public string Prompt { get; internal set; } = "";

    /// <summary>True to stream.</summary>
    public bool Stream { get; internal set; }

    /// <summary>Answers wanted, at least 1.</summary>
    public int Choices { get; internal set; } = 1;

    /// <summary>The caller's limit on output tokens; null: the model's own.</summary>
    public int? MaxTokens { get; internal set; }

    /// <summary>Sampling temperature; null: not given. It changes nothing here.</summary>
    public double? Temperature { get; internal set; }

    /// <summary>True when the caller wants log-probabilities.</summary>
    public bool LogProbs { get; internal set; }

    /// <summary>Tools offered.</summary>
    public IReadOnlyList<SimulatedTool> Tools { get; internal set; } = [];

    /// <summary>Input tokens as counted: 3, 4 per message, 1 per 4 UTF-8 bytes of each text, tools and schema by their JSON.</summary>
    public int PromptTokens { get; internal set; }

    /// <summary>Input tokens found in the prompt cache.</summary>
    public int CacheReadTokens { get; internal set; }

    /// <summary>Input tokens written to the prompt cache at the caller's wish.</summary>
    public int CacheWriteTokens { get; internal set; }

    /// <summary>All messages, system text included, in order.</summary>
    public IReadOnlyList<SimulatedMessage> Messages => _messages ??= ReadMessages();

    internal string ModelName { get; set; } = "";

    internal string ToolIdPrefix { get; set; } = "call_";

    internal bool IncludeUsage { get; set; }

    internal bool ContinuousUsage { get; set; }

    internal bool EndsWithUser { get; set; }

    internal bool ParallelTools { get; set; } = true;

    internal ToolWish ToolWish { get; set; } = ToolWish.Auto;

    internal string? ForcedTool { get; set; }

    internal bool JsonObject { get; set; }

    internal JsonElement? AnswerSchema { get; set; }

    internal List<string> StopTexts { get; } = [];

    internal int ThinkingBudget { get; set; }

    internal Transcript Transcript { get; }

    private SimulatedMessage[] ReadMessages() =>
        [
            .. Transcript.Segments.Select(s => new SimulatedMessage(
                s.Role,
                Encoding.UTF8.GetString(Transcript.Bytes.Slice(s.Start, s.Length))
            )),
        ];
}
