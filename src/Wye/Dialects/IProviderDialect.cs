using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;

namespace Wye.Dialects;

/// <summary>The provider's side of a wire format: writes requests, reads answers and errors. Stateless, thread-safe.</summary>
public interface IProviderDialect : IWireFormat
{
    /// <summary>Whether a provider is configured by its name; false = providers speak it beside another one. Default true.</summary>
    bool NamesProviders => true;

    /// <summary>
    /// Whether <see cref="WriteRequest"/> can put this request into the dialect; asked before each call. By default a request
    /// of the same dialect, and any that can be read into the canonical form.
    /// </summary>
    /// <returns>
    /// False when it cannot; <paramref name="error"/> is then a failure of this target
    /// (<see cref="Primitives.FailureKind.NoneAvailable"/>), so that a plan may go on to another.
    /// </returns>
    bool CanWriteRequest(ChatRequest request, [NotNullWhen(false)] out ChatError? error)
    {
        ArgumentNullException.ThrowIfNull(request);
        error = null;
        return request.Dialect == Id || request.TryReadConversation(out _, out error);
    }

    /// <summary>
    /// Writes the request for a provider that speaks this dialect, under the name the provider gives the model. Names of what
    /// could not be carried over go to <see cref="ChatCall.Dropped"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException"><see cref="CanWriteRequest"/> says no.</exception>
    void WriteRequest(in ChatCall call, string upstreamModel, IBufferWriter<byte> output);

    /// <summary>Reads a provider's whole answer. Takes <paramref name="owner"/> over, also when it fails.</summary>
    /// <returns>False when it is no answer (invalid JSON, no choices …): <see cref="Primitives.FailureKind.BadResponse"/>.</returns>
    bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    );

    /// <summary>The same for a call that used log-probabilities so; by default they are left where they are.</summary>
    bool TryReadReply(
        IMemoryOwner<byte> owner,
        int length,
        LogProbUse logProbs,
        [NotNullWhen(true)] out ChatReply? reply,
        [NotNullWhen(false)] out ChatError? error
    ) => TryReadReply(owner, length, out reply, out error);

    /// <summary>Reads a provider's error body, which may be anything.</summary>
    WireError ReadError(ReadOnlySpan<byte> body);

    /// <summary>A reader for one stream of a provider.</summary>
    IFrameReader CreateFrameReader();

    /// <summary>The same for a call that used log-probabilities so; by default they are neither read nor taken out.</summary>
    IFrameReader CreateFrameReader(LogProbUse logProbs) => CreateFrameReader();
}
