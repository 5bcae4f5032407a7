using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>A call that may have been made, or a note on one.</summary>
/// <param name="Number">Number within its request.</param>
/// <param name="Reserved">What is held for it.</param>
/// <param name="Accounts">Numbers of the accounts that hold it, parted by spaces; empty = nothing is held.</param>
/// <param name="Batch">The row that it stands in; null = a slot.</param>
/// <param name="IsEnded">Whether it has ended, while its request goes on.</param>
/// <param name="Slot">The slot of the process's file that it stands in; null = a row.</param>
internal readonly record struct OpenCall(
    int Number,
    Usd Reserved,
    string Accounts,
    OpenCall.Row? Batch,
    bool IsEnded,
    int? Slot = null
)
{
    /// <summary>A row: what one transaction opened.</summary>
    internal sealed class Row
    {
        /// <summary>Its key; 0 until it is written.</summary>
        public long Sequence { get; set; }

        /// <summary>Entries and notes in it whose requests are not settled.</summary>
        public int Open { get; set; }
    }

    /// <summary>The calls of one request; nearly always one.</summary>
    internal struct Group
    {
        private OpenCall _first;
        private List<OpenCall>? _more;

        /// <summary>How many.</summary>
        public readonly int Count => _first.Number == 0 ? 0 : 1 + (_more?.Count ?? 0);

        public readonly OpenCall this[int index] => index == 0 ? _first : _more![index - 1];

        public void Add(in OpenCall call)
        {
            if (_first.Number == 0)
            {
                _first = call;
            }
            else
            {
                (_more ??= []).Add(call);
            }
        }

        /// <summary>Ends the call of that number; null = there is none that has not ended.</summary>
        public OpenCall? End(int number)
        {
            for (var i = 0; i < Count; i++)
            {
                var call = this[i];
                if (call.Number != number || call.IsEnded)
                {
                    continue;
                }

                var ended = call with { Accounts = "", IsEnded = true };
                if (i == 0)
                {
                    _first = ended;
                }
                else
                {
                    _more![i - 1] = ended;
                }

                return call;
            }

            return null;
        }
    }
}
