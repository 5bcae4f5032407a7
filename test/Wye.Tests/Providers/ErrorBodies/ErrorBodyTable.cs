using Wye.Primitives;

namespace Wye.Providers.ErrorBodies;

/// <summary>Status, body, what Wye makes of it; a header <c>name: value</c> and the wait in seconds it asks for.</summary>
public sealed class ErrorBodyTable : TheoryData<int, string, FailureKind, string?, double?>
{
    public void Add(int status, FailureKind kind, string body, string? header = null, double? seconds = null) =>
        Add(status, body, kind, header, seconds);
}
