namespace Wye.Delivery.Attempts;

/// <summary>Asks a gate about the beginning of an answer, each time it has doubled, until it is long enough to judge whole.</summary>
internal sealed class EarlyCheck(NodeCall call)
{
    private const int Most = 1_024;

    private int _next = 48;

    /// <summary>Whether the answer is to be stopped.</summary>
    public bool Refuses(ReadOnlySpan<byte> text)
    {
        if (text.Length < _next || _next > Most || call.Gate is not { } gate || call.Gates is not { } gates)
        {
            return false;
        }

        _next = text.Length * 2;
        return gates.RefusesEarly(gate, call.Request.Chat, text);
    }
}
