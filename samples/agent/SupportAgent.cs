using Microsoft.Extensions.AI;
using Wye.Extensions.AI;
using Wye.Primitives;

namespace Wye.Agent;

/// <summary>Answers a support ticket in five steps. It knows <see cref="IChatClient"/> and the names of its steps, no router.</summary>
internal sealed class SupportAgent(IChatClient client)
{
    private static readonly (string Name, StepKind Kind, string Task)[] Steps =
    [
        ("sort", StepKind.Classify, "Classify this ticket as bug, question or praise."),
        ("facts", StepKind.Extract, "Extract product, version and error message as a list."),
        ("plan", StepKind.Plan, "Plan how support should find the cause, step by step."),
        ("answer", StepKind.Write, "Write the answer to the customer."),
        ("check", StepKind.Validate, "Check the answer: is it polite, and does it promise nothing? Say pass or fail."),
    ];

    /// <summary>Works on a ticket; gives each step's name and answer as it is done.</summary>
    public async IAsyncEnumerable<(string Step, ChatResponse Answer)> WorkAsync(string ticket)
    {
        List<ChatMessage> notes = [new(ChatRole.System, "You are a support engineer."), new(ChatRole.User, ticket)];
        foreach (var (name, kind, task) in Steps)
        {
            var answer = await client.GetResponseAsync(
                [.. notes, new ChatMessage(ChatRole.User, task)],
                new ChatOptions { MaxOutputTokens = 400 }.WithStep(name, kind)
            );
            notes.Add(new ChatMessage(ChatRole.Assistant, $"{name}: {answer.Text}"));
            yield return (name, answer);
        }
    }
}
