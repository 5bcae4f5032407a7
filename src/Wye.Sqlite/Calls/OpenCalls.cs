using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Calls;

/// <summary>
/// Calls that may have been made and whose request is not settled yet. What one transaction opens is one row that holds a list,
/// so that opening a call costs no row of its own and closing it nothing: an entry counts until its request is recorded. A row
/// whose last entry does not count any more takes the next list, or goes when there are many such rows. Calls that
/// <see cref="QuickOpenings"/> opened stand in slots of a file instead, and are closed alike. Used by one thread at a time, inside a
/// transaction.
/// </summary>
internal sealed class OpenCalls : IDisposable
{
    // Closed rows that wait for the next list. To delete each at once would write to this table when calls are settled, too.
    private const int MostEmpty = 16;

    private readonly List<RawStatement> _all = [];
    private readonly RawStatement _add;
    private readonly RawStatement _reuse;
    private readonly RawStatement _delete;
    private readonly RawStatement _rows;
    private readonly RawStatement _left;
    private readonly RawStatement _ended;
    private readonly RawStatement _trim;
    private readonly RawStatement _bury;
    private readonly RawStatement _recorded;
    private readonly string _database;

    // This process's own. None is read back unless a transaction failed.
    private readonly Dictionary<RequestId, OpenCall.Group> _held = [];
    private readonly List<long> _empty = [];
    private readonly IntentList _entries = new();
    private readonly IntentList _notes = new();
    private OpenCall.Row? _current;

    public OpenCalls(sqlite3 handle, string database)
    {
        _database = database;
        _add = Prepare("INSERT INTO intent_batches (instance, entries, ended) VALUES (?, ?, ?) RETURNING seq");
        _reuse = Prepare("UPDATE intent_batches SET entries = ?, ended = ? WHERE seq = ?");
        _delete = Prepare("DELETE FROM intent_batches WHERE seq = ?");
        _rows = Prepare("SELECT seq FROM intent_batches WHERE instance = ?");
        _left = Prepare(
            """
            SELECT request, number, at_us, key_id, route, requested_model, run, stream, node, cause, model, deployment, price,
              reserved_pusd, accounts, batch FROM intents WHERE instance = ? ORDER BY request, number
            """
        );
        _ended = Prepare(
            """
            SELECT entry.value ->> 0, entry.value ->> 1, entry.value ->> 2, batch.seq
            FROM intent_batches AS batch, json_each(batch.ended) AS entry WHERE batch.instance = ?
            """
        );
        _trim = Prepare(
            """
            UPDATE intent_batches SET entries = (
              SELECT json_group_array(json(entry.value)) FROM json_each(entries) AS entry
              WHERE NOT EXISTS (SELECT 1 FROM requests WHERE id = entry.value ->> 0)
            )
            """
        );
        _bury = Prepare("DELETE FROM intent_batches WHERE instance = ?");
        _recorded = Prepare("SELECT 1 FROM requests WHERE id = ?");

        RawStatement Prepare(string sql)
        {
            var statement = new RawStatement(handle, sql);
            _all.Add(statement);
            return statement;
        }
    }

    /// <summary>Whether memory knows what is open; false at first and after a failed transaction.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Calls in slots that this transaction closed, by their requests.</summary>
    public List<(RequestId Request, int Slot)> Closed { get; } = [];

    /// <summary>Notes a call that is about to be made.</summary>
    /// <param name="intent">The call.</param>
    /// <param name="amount">What is held for it; null = its price is unknown.</param>
    /// <param name="accounts">Numbers of the accounts that hold it, parted by spaces.</param>
    public void Add(CallIntent intent, Usd? amount, string accounts)
    {
        _entries.Add(intent, amount, accounts);
        Hold(intent.Request).Add(new(intent.Number, amount ?? Usd.Zero, accounts, EnterRow(), IsEnded: false));
    }

    /// <summary>Notes a call that was opened without a transaction.</summary>
    public void Add(OpenedCall call) =>
        Hold(call.Intent.Request)
            .Add(new(call.Intent.Number, call.Amount, call.Accounts, Batch: null, IsEnded: false, call.Slot));

    /// <summary>Notes that a call has ended while its request goes on.</summary>
    /// <returns>What was held for it; null = it is not open.</returns>
    public OpenCall? End(RequestId request, in EndedCall ended)
    {
        ref var group = ref CollectionsMarshal.GetValueRefOrNullRef(_held, request);
        if (Unsafe.IsNullRef(ref group) || group.End(ended.Number) is not { } call)
        {
            return null;
        }

        // The note must not go before what it is about.
        _notes.Add(request, ended);
        group.Add(new(ended.Number, Usd.Zero, "", EnterRow(), IsEnded: true));
        return call;
    }

    /// <summary>Closes the calls of a request that is recorded; those that hold something are added to a list.</summary>
    public void Close(RequestId request, List<OpenCall> holding)
    {
        if (!_held.Remove(request, out var group))
        {
            return;
        }

        for (var i = 0; i < group.Count; i++)
        {
            var call = group[i];
            // What this very transaction opened is not written yet.
            if (call.Batch is { } row && --row.Open == 0 && row.Sequence > 0)
            {
                _empty.Add(row.Sequence);
            }

            if (call.Slot is { } slot)
            {
                Closed.Add((request, slot));
            }

            if (call.Accounts.Length > 0)
            {
                holding.Add(call);
            }
        }
    }

    /// <summary>Writes what was opened and, once they are many, deletes what is closed; before the commit.</summary>
    /// <param name="instance">Gives the name of this process.</param>
    public void Write(Func<string> instance)
    {
        if (_current is { Open: > 0 } row)
        {
            row.Sequence = WriteLists(instance);
        }

        _current = null;
        _entries.Clear();
        _notes.Clear();
        if (_empty.Count > MostEmpty)
        {
            _empty.ForEach(sequence => _delete.Bind(sequence).Run());
            _empty.Clear();
        }
    }

    /// <summary>
    /// Takes recorded requests out of rows that a long call keeps. Retention must not delete them earlier: they would count as
    /// open again.
    /// </summary>
    public void Trim() => _trim.Run();

    /// <summary>What a process left open, by request and number; a call that ended has its cost for what was held.</summary>
    public List<OrphanedIntent> Left(string instance) => Left(instance, Notes(instance));

    /// <summary>Deletes all rows of a process.</summary>
    public void Bury(string instance)
    {
        Reset();
        _bury.Bind(instance).Run();
    }

    /// <summary>After a transaction that failed: the file says what is open.</summary>
    public void Reset()
    {
        IsLoaded = false;
        _current = null;
        _held.Clear();
        _empty.Clear();
        Closed.Clear();
        _entries.Clear();
        _notes.Clear();
        _all.ForEach(statement => statement.Reset());
    }

    public void Dispose()
    {
        _entries.Dispose();
        _notes.Dispose();
        _all.ForEach(statement => statement.Dispose());
    }

    /// <returns>Number of the row, a closed one if there is any.</returns>
    private long WriteLists(Func<string> instance)
    {
        if (_empty.Count > 0)
        {
            var closed = _empty[^1];
            _empty.RemoveAt(_empty.Count - 1);
            _reuse.Bind(_entries.Utf8).Bind(_notes.Utf8).Bind(closed).Run();
            return closed;
        }

        _add.Bind(instance()).Bind(_entries.Utf8).Bind(_notes.Utf8);
        _add.Step();
        var added = _add.Long(0);
        _add.Reset();
        return added;
    }

    /// <summary>Reads what this process has open.</summary>
    /// <returns>Those of them that stand in slots.</returns>
    public List<OrphanedIntent> Load(string instance)
    {
        IsLoaded = true;
        var rows = Rows(instance);
        var notes = Notes(instance);
        var left = Left(instance, notes);
        foreach (var intent in left)
        {
            var row = intent.Slot is null ? rows[intent.Batch] : null;
            if (row is not null)
            {
                row.Open++;
            }

            Hold(intent.Request)
                .Add(
                    new(intent.Number, intent.Reserved ?? Usd.Zero, intent.Accounts, row, intent.IsEnded, intent.Slot)
                );
        }

        foreach (var note in notes)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrNullRef(_held, note.Request);
            if (!Unsafe.IsNullRef(ref group))
            {
                var row = rows[note.Batch];
                row.Open++;
                group.Add(new(note.Number, Usd.Zero, "", row, IsEnded: true));
            }
        }

        _empty.AddRange(rows.Values.Where(row => row.Open == 0).Select(row => row.Sequence));
        left.RemoveAll(intent => intent.Slot is null);
        return left;
    }

    private List<OrphanedIntent> Left(string instance, List<Note> notes)
    {
        var ended = new Dictionary<(RequestId, int), Usd>();
        foreach (var note in notes)
        {
            ended[(note.Request, note.Number)] = note.Cost;
        }

        var open = new List<OrphanedIntent>();
        _left.Bind(instance);
        while (_left.Step())
        {
            Add(OrphanedIntent.Read(_left));
        }

        foreach (var intent in CallFile.Read(_database, instance))
        {
            if (!IsRecorded(intent.Request))
            {
                Add(intent);
            }
        }

        return open;

        void Add(OrphanedIntent intent) =>
            open.Add(
                ended.TryGetValue((intent.Request, intent.Number), out var cost)
                    ? intent with
                    {
                        Reserved = cost,
                        Accounts = "",
                        IsEnded = true,
                    }
                    : intent
            );
    }

    private bool IsRecorded(RequestId request)
    {
        _recorded.Bind(request.Value);
        var found = _recorded.Step();
        _recorded.Reset();
        return found;
    }

    private Dictionary<long, OpenCall.Row> Rows(string instance)
    {
        var rows = new Dictionary<long, OpenCall.Row>();
        _rows.Bind(instance);
        while (_rows.Step())
        {
            rows[_rows.Long(0)] = new() { Sequence = _rows.Long(0) };
        }

        return rows;
    }

    private List<Note> Notes(string instance)
    {
        var notes = new List<Note>();
        _ended.Bind(instance);
        while (_ended.Step())
        {
            notes.Add(new(new(_ended.Text(0)), (int)_ended.Long(1), new(_ended.Long(2)), _ended.Long(3)));
        }

        return notes;
    }

    private ref OpenCall.Group Hold(RequestId request) =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(_held, request, out _);

    /// <summary>The row of the transaction under way, which has one entry or note more.</summary>
    private OpenCall.Row EnterRow()
    {
        _current ??= new();
        _current.Open++;
        return _current;
    }

    /// <summary>That a call ended while its request went on.</summary>
    private readonly record struct Note(RequestId Request, int Number, Usd Cost, long Batch);
}
