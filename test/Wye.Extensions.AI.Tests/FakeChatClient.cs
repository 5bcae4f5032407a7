using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI;

/// <summary>A chat client that does what it is told.</summary>
internal sealed class FakeChatClient : IChatClient
{
    public Func<IList<ChatMessage>, ChatOptions, CancellationToken, Task<ChatResponse>> OnResponse { get; set; } =
        (_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "hello")));

    public Func<
        IList<ChatMessage>,
        ChatOptions,
        CancellationToken,
        IAsyncEnumerable<ChatResponseUpdate>
    > OnStream { get; set; } = (_, _, _) => Updates(new ChatResponseUpdate(ChatRole.Assistant, "hello"));

    public List<(IList<ChatMessage> Messages, ChatOptions Options)> Calls { get; } = [];

    public static async IAsyncEnumerable<ChatResponseUpdate> Updates(params ChatResponseUpdate[] updates)
    {
        foreach (var update in updates)
        {
            await Task.Yield();
            yield return update;
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Calls.Add(([.. messages], options!));
        return OnResponse(Calls[^1].Messages, options!, cancellationToken);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        Calls.Add(([.. messages], options!));
        await foreach (var update in OnStream(Calls[^1].Messages, options!, cancellationToken))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
