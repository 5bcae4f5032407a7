using System.Buffers;
using System.Text;
using System.Text.Json;
using Wye.Gateway.Endpoints;
using Wye.Ledger;

namespace Wye.Cli.Exports;

/// <summary>The ledger as JSON lines: one request per line, in the form of <c>/admin/requests/{id}</c>.</summary>
internal static class LedgerLines
{
    /// <summary>Writes all; returns how many.</summary>
    public static async Task<long> WriteAsync(IAsyncEnumerable<LedgerRecord> records, TextWriter output)
    {
        var line = new ArrayBufferWriter<byte>(4_096);
        long count = 0;
        await foreach (var record in records)
        {
            line.ResetWrittenCount();
            await using (var json = new Utf8JsonWriter(line))
            {
                LedgerJson.Write(json, record);
            }

            await output.WriteAsync(Encoding.UTF8.GetString(line.WrittenSpan));
            await output.WriteAsync('\n');
            count++;
        }

        await output.FlushAsync();
        return count;
    }
}
