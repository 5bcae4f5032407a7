namespace Wye.Primitives.Pooling;

/// <summary>Objects of one type that are not in use: at most <see cref="MostPerCore"/> for each core. Thread-safe.</summary>
internal static class FramePool<T>
    where T : class
{
    /// <summary>Objects kept per core; those beyond are left to the collector.</summary>
    public const int MostPerCore = 128;

    // One per core, so that cores hardly ever meet; whoever finds its own empty does not look into the others'.
    private static readonly Shelf[] Shelves = MakeShelves();

    /// <summary>One of them; null = none is left.</summary>
    public static T? TryRent()
    {
        var shelf = Own();
        lock (shelf)
        {
            return shelf.Count == 0 ? null : shelf.Take();
        }
    }

    /// <summary>Keeps an object for the next who asks.</summary>
    public static void Return(T item)
    {
        var shelf = Own();
        lock (shelf)
        {
            if (shelf.Count < MostPerCore)
            {
                shelf.Put(item);
            }
        }
    }

    private static Shelf Own() => Shelves[(uint)Thread.GetCurrentProcessorId() % (uint)Shelves.Length];

    private static Shelf[] MakeShelves()
    {
        var shelves = new Shelf[Environment.ProcessorCount];
        for (var i = 0; i < shelves.Length; i++)
        {
            shelves[i] = new Shelf();
        }

        return shelves;
    }

    private sealed class Shelf
    {
        private T?[] _items = new T?[4];

        public int Count { get; private set; }

        public T Take()
        {
            var item = _items[--Count]!;
            _items[Count] = null;
            return item;
        }

        public void Put(T item)
        {
            if (Count == _items.Length)
            {
                Array.Resize(ref _items, Count * 2);
            }

            _items[Count++] = item;
        }
    }
}
