using System.Buffers;
using System.Runtime.CompilerServices;

namespace Wye.Dialects.Text;

/// <summary>Collects values in a pooled array and gives them as one array of the right size.</summary>
internal ref struct PooledList<T>
{
    private const int FirstSize = 16;
    private T[]? _items;

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    /// <summary>What was collected so far.</summary>
    public readonly Span<T> Items => _items.AsSpan(0, Count);

    /// <summary>Appends a value.</summary>
    public void Add(T item)
    {
        var items = _items;
        if (items is null || Count == items.Length)
        {
            items = Grow();
        }

        items[Count++] = item;
    }

    /// <summary>The values in an array of their own.</summary>
    public readonly T[] ToArray() => Items.ToArray();

    /// <summary>Returns the pooled array.</summary>
    public void Dispose()
    {
        if (_items is null)
        {
            return;
        }

        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            Items.Clear();
        }

        ArrayPool<T>.Shared.Return(_items);
        _items = null;
        Count = 0;
    }

    private T[] Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(FirstSize, Count * 2));
        var old = _items;
        if (old is not null)
        {
            old.AsSpan(0, Count).CopyTo(larger);
            if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
            {
                old.AsSpan(0, Count).Clear();
            }

            ArrayPool<T>.Shared.Return(old);
        }

        _items = larger;
        return larger;
    }
}
