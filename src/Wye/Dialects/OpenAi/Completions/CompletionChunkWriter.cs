using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Events;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Completions;

/// <summary>Writes canonical events as chunks of the older completions, which have a word for texts only.</summary>
/// <inheritdoc cref="ChunkWriter(DialectId, bool, long, AnswerFace)"/>
internal sealed class CompletionChunkWriter(bool usageWanted, long created, AnswerFace unnamed)
    : ChunkWriter(DialectId.Completions, usageWanted, created, unnamed)
{
    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> ObjectName => "text_completion"u8;

    /// <inheritdoc/>
    protected override bool Carries(ChatEventKind kind) => kind == ChatEventKind.Text;

    /// <inheritdoc/>
    protected override void WriteContent(Utf8JsonWriter json, in ChatEvent next) =>
        json.WriteString("text"u8, next.Text ?? "");
}
