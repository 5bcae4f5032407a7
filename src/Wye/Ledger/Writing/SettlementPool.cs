namespace Wye.Ledger.Writing;

/// <summary>Settlements that nobody waits for any more. Thread-safe.</summary>
/// <remarks>
/// One for all threads: whoever waits goes on on another thread than it came from, so that a pool per thread makes some of them
/// anew.
/// </remarks>
internal sealed class SettlementPool
{
    private const int MaxKept = 1024;
    private readonly Lock _gate = new();
    private Settlement? _first;
    private int _kept;

    public Settlement Rent()
    {
        lock (_gate)
        {
            if (_first is { } settlement)
            {
                _first = settlement.Next;
                settlement.Next = null;
                _kept--;
                return settlement;
            }
        }

        return new Settlement(this);
    }

    public void Return(Settlement settlement)
    {
        lock (_gate)
        {
            if (_kept < MaxKept)
            {
                settlement.Next = _first;
                _first = settlement;
                _kept++;
            }
        }
    }
}
