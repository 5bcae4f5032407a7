using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Wye.Testing;

/// <summary>Keeps every log line of every category, whatever its level.</summary>
public sealed class RecordingLog : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    /// <summary>All lines so far, oldest first.</summary>
    public IReadOnlyList<Line> Lines => [.. _lines];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category<object>(this, categoryName);

    /// <summary>A logger for one who takes it by type.</summary>
    public ILogger<T> Of<T>() => new Category<T>(this, typeof(T).FullName!);

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>One line.</summary>
    /// <param name="Category">Who wrote it.</param>
    /// <param name="Level">How urgent it is.</param>
    /// <param name="Event">Its name; null = it has none.</param>
    /// <param name="Message">What it says.</param>
    /// <param name="Values">Its named values and exception, as text.</param>
    public sealed record Line(string Category, LogLevel Level, string? Event, string Message, string Values)
    {
        /// <summary>All that could leak from it.</summary>
        public string Text => $"{Message} {Values}";
    }

    private sealed class Category<T>(RecordingLog log, string name) : ILogger<T>
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
            log._lines.Enqueue(
                new Line(name, logLevel, eventId.Name, formatter(state, exception), $"{values} {exception}")
            );
        }
    }
}
