using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Wye.Gateway.Telemetry;

/// <summary>Keeps every log line of every category, whatever its level, with its named values and exception.</summary>
internal sealed class RecordingLog : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, string? Event, string Text)> _lines = new();

    public IReadOnlyList<(string Category, LogLevel Level, string? Event, string Text)> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() { }

    private sealed class Category(RecordingLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
            log._lines.Enqueue((name, logLevel, eventId.Name, $"{formatter(state, exception)} {values} {exception}"));
        }
    }
}
