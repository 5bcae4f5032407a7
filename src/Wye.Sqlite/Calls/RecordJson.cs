using System.Text.Json;
using System.Text.Json.Serialization;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>A finished request as it stands in the file of a process until a transaction records it.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(PositionConverter)]
)]
[JsonSerializable(typeof(LedgerRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;

/// <summary>A position by its bytes.</summary>
internal sealed class PositionConverter : JsonConverter<PromptPosition>
{
    /// <inheritdoc/>
    public override PromptPosition Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => PromptPosition.Read(reader.GetBytesFromBase64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PromptPosition value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.Bytes);
}
