using Microsoft.Data.Sqlite;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite.Statements;

/// <summary>Reads the columns of the present row from left to right.</summary>
internal ref struct RowReader(SqliteDataReader reader)
{
    private int _column = -1;

    public string Text() => reader.GetString(++_column);

    public string? TextOrNull() => reader.IsDBNull(++_column) ? null : reader.GetString(_column);

    public long Long() => reader.GetInt64(++_column);

    public long? LongOrNull() => reader.IsDBNull(++_column) ? null : reader.GetInt64(_column);

    public double Real() => reader.GetDouble(++_column);

    public double? RealOrNull() => reader.IsDBNull(++_column) ? null : reader.GetDouble(_column);

    public bool Flag() => Long() != 0;

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(++_column);

    public byte[]? BytesOrNull() => reader.IsDBNull(++_column) ? null : reader.GetFieldValue<byte[]>(_column);

    public Usage Usage() =>
        new()
        {
            InputTokens = Long(),
            CacheReadTokens = Long(),
            CacheWriteTokens = Long(),
            OutputTokens = Long(),
            ReasoningTokens = Long(),
            CacheWriteHourTokens = Long(),
            AudioInputTokens = Long(),
            ImageInputTokens = Long(),
            AudioOutputTokens = Long(),
            ServiceTier = ServiceTiers.Parse(TextOrNull()),
        };

    public QualityExpectation? Expectation(ModelId? model)
    {
        var (basis, position, quality) = (TextOrNull(), BytesOrNull(), LongOrNull());
        return basis is not null && model is { } chosen
            ? new QualityExpectation(chosen, basis, PromptPosition.Read(position), (int)(quality ?? 0))
            : null;
    }

    public FailureKind? Failure() =>
        TextOrNull() is not { } name ? null
        : Enum.TryParse<FailureKind>(name, out var kind) ? kind
        : FailureKind.Internal;
}
