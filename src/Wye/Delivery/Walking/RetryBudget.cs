namespace Wye.Delivery.Walking;

/// <summary>Bounds retries and fallbacks over all requests of the process, so that an outage is not multiplied (R03). Thread-safe.</summary>
/// <remarks>
/// A permit is held from before the call until its first content or its failure, waits between retries included. Calls to a
/// target that just answered need none: moving the load to a healthy target is no storm.
/// </remarks>
internal sealed class RetryBudget(DeliveryOptions options)
{
    private int _active;
    private int _taken;

    /// <summary>Requests under way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Permits held.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>A request begins.</summary>
    public void Enter() => Interlocked.Increment(ref _active);

    /// <summary>A request ends.</summary>
    public void Leave() => Interlocked.Decrement(ref _active);

    /// <summary>Takes a permit for one more call of a request; false = enough retries and fallbacks run already.</summary>
    public bool TryTake()
    {
        var taken = Volatile.Read(ref _taken);
        while (taken < Math.Max(options.LeastRetries, (int)(Active * options.RetryShare)))
        {
            var before = Interlocked.CompareExchange(ref _taken, taken + 1, taken);
            if (before == taken)
            {
                return true;
            }

            taken = before;
        }

        return false;
    }

    /// <summary>Gives a permit back.</summary>
    public void Return() => Interlocked.Decrement(ref _taken);
}
