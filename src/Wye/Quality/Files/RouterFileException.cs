namespace Wye.Quality.Files;

/// <summary>A router file cannot be used; the message says why and what to do.</summary>
internal sealed class RouterFileException(string message, Exception? inner = null) : Exception(message, inner);
