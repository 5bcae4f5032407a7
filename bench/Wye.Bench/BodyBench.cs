using Wye.Bench.Harness;
using Wye.Chat;
using Wye.Delivery.Attempts.Metering;
using Wye.Dialects.OpenAi;
using Wye.Dialects.Requests;
using Wye.Primitives;
using Wye.Sessions;
using Wye.Signals;

namespace Wye.Bench;

/// <summary>What is done with every byte of a body before the call: bytes checked, scan, signals, session, bound of the cost.</summary>
internal static class BodyBench
{
    private static readonly OpenAiDialect Dialect = new();

    public static void Run(IEnumerable<string> files, TextWriter output)
    {
        var probe = new Probe(TimeProvider.System);
        var extractor = new SignalExtractor();
        output.WriteLine($"{"what", -44} {"p50 us", 9} {"p99 us", 9} {"bytes", 9}");
        foreach (var file in files)
        {
            var body = File.ReadAllBytes(file);
            var name = Path.GetFileName(file);
            using var read = Read(body);
            Line(output, $"{name}: bytes checked", probe.Measure(_ => RequestErrors.OfBytes(body, "")));
            Line(output, $"{name}: checked and read", probe.Measure(_ => Read(body).Dispose()));
            Line(output, $"{name}: signals", probe.Measure(_ => extractor.Extract(read)));
            Line(output, $"{name}: session", probe.Measure(_ => Conversation.Of(read, new KeyId("bench"), out var _)));
            Line(output, $"{name}: kinds billed", probe.Measure(_ => CostBound.KindsOf(read)));
        }
    }

    private static ChatRequest Read(byte[] body) =>
        Dialect.TryReadRequest(body, CallerHints.None, out var request, out var error)
            ? request
            : throw new InvalidOperationException(error.Message);

    private static void Line(TextWriter output, string what, ProbeResult result) =>
        output.WriteLine($"{what, -44} {result.P50Micros, 9:0.00} {result.P99Micros, 9:0.00} {result.Bytes, 9:0}");
}
