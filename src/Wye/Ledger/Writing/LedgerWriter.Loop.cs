namespace Wye.Ledger.Writing;

/// <content>The writer's thread.</content>
public sealed partial class LedgerWriter
{
    // Enough for the requests that are ready now; each turn is bounded by the operating system's time slice.
    private const int MostTurns = 4;

    // Steps of one batch from which on requests are taken to come in crowds.
    private const int Many = 8;
    private int _lastBatch;

    private void Run()
    {
        while (TakeWork(out var upkeep))
        {
            if (upkeep)
            {
                KeepUp();
            }

            if (_batch.Count > 0)
            {
                _batch.CommitTo(_store, _book);
                EndBatch();
            }
        }

        PayDebts();
        _stopped.SetResult();
    }

    /// <summary>Waits for something to do; false when there will be nothing any more.</summary>
    private bool TakeWork(out bool upkeep)
    {
        AwaitWork();
        GatherMore();
        lock (_gate)
        {
            Linger();
            upkeep = _upkeepDue && !_closing;
            _upkeepDue = false;
            _batch.Fill(_queue, _time.GetTimestamp());
            _lastBatch = _batch.Count;
            if (upkeep)
            {
                // A store that hangs in its upkeep is noticed as well.
                _batch.IsUnderWay = true;
            }

            return upkeep || _batch.Count > 0;
        }
    }

    private void AwaitWork()
    {
        lock (_gate)
        {
            _waiting = true;
            while (_queue.Count == 0 && !_closing && !_upkeepDue)
            {
                Monitor.Wait(_gate);
            }

            _waiting = false;
        }
    }

    /// <summary>
    /// Lets the requests that are ready to run go first, as long as that brings more to commit: on a busy core a batch of one
    /// costs nearly what a batch of thirty does. Only while many come at once: a turn given up may go to another program, so
    /// a lone request must not wait for it.
    /// </summary>
    private void GatherMore()
    {
        var length = QueueLength;
        if (length < Many && _lastBatch < Many)
        {
            return;
        }

        for (var turn = 0; turn < MostTurns; turn++)
        {
            Thread.Yield();
            var before = length;
            length = QueueLength;
            if (length <= before)
            {
                return;
            }
        }
    }

    /// <summary>Where nobody waits, a commit takes what comes within a moment as well.</summary>
    private void Linger()
    {
        if (_closing || _queue.Count == 0 || _queue.Count >= _options.MaxBatch)
        {
            return;
        }

        foreach (var queued in _queue)
        {
            if (queued.Waiting is not null)
            {
                return;
            }
        }

        _lingering = true;
        Monitor.Wait(_gate, _options.Linger);
        _lingering = false;
    }

    private void WantUpkeep()
    {
        lock (_gate)
        {
            _upkeepDue = true;
            if (_waiting)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    private void KeepUp()
    {
        try
        {
            if (_store.KeepUp(_book))
            {
                _health.OnWritable();
            }

            PayDebts();
        }
        catch (LedgerUnavailableException error)
        {
            _health.OnUpkeep(error);
        }
        catch (Exception error)
        {
            // As for a batch: an exception that escaped would end the writer's thread.
            _health.OnUpkeep(new LedgerUnavailableException($"The ledger's upkeep failed: {error.Message}", error));
        }
        finally
        {
            lock (_gate)
            {
                _batch.IsUnderWay = _batch.Count > 0;
                Volatile.Write(ref _stalled, _stalled && _batch.Count > 0);
            }
        }
    }

    /// <summary>Commits what is owed, oldest first, as long as the store takes it.</summary>
    private void PayDebts()
    {
        var most = _options.MaxBatch;
        while (true)
        {
            LedgerRecord[] owed;
            lock (_gate)
            {
                owed = [.. _owed.Take(most)];
            }

            if (owed.Length == 0)
            {
                return;
            }

            try
            {
                _store.Commit(owed, _book);
                _health.OnPaid(owed.Length);
            }
            catch (LedgerUnavailableException error)
            {
                _health.OnUpkeep(error);
                return;
            }
            catch (Exception) when (owed.Length > 1)
            {
                // One of them cannot be stored: alone, it fails alone.
                most = 1;
                continue;
            }
            catch (Exception)
            {
                // Mostly because it is there already: a commit may last although it was said to fail.
                _health.OnDropped();
            }

            lock (_gate)
            {
                foreach (var _ in owed)
                {
                    _owed.Dequeue();
                }
            }
        }
    }

    private void EndBatch()
    {
        int count;
        bool isAlone;
        Settlement[] behind = [];
        lock (_gate)
        {
            // After a stall nobody waits for this batch any more.
            count = _stalled ? 0 : _batch.Count;
            isAlone = count == 1 && _queue.Count == 0;
            _batch.IsUnderWay = false;
            Volatile.Write(ref _stalled, false);
            if (_batch.StoreFailed)
            {
                OweUnawaited();
                if (_time.GetElapsedTime(_batch.StartedAt) >= _options.SlowFailure)
                {
                    // They have waited for a store that cannot be written: a second wait would double it.
                    behind = DropWaiting();
                }
            }
        }

        _health.OnBatch(_batch, told: count > 0);
        if (isAlone && _options.ContinueInline)
        {
            GoOnHere();
            return;
        }

        var error = _batch.StoreFailed ? _batch.Errors[0] : null;
        _batch.Release(count);
        Fail(behind, error);
    }

    /// <summary>
    /// The only caller goes on on this thread, which has nothing else to do. Should it keep the thread, those who wait
    /// meanwhile are told as if the store did not answer.
    /// </summary>
    private void GoOnHere()
    {
        var (waiting, error) = _batch.TakeOnly();
        lock (_gate)
        {
            _batch.Restart(_time.GetTimestamp());
        }

        waiting?.Complete(error, here: true);
        lock (_gate)
        {
            _batch.IsUnderWay = false;
            Volatile.Write(ref _stalled, false);
        }
    }

    private void OweUnawaited()
    {
        for (var i = 0; i < _batch.Count; i++)
        {
            if (_batch.Waiting[i] is null && _batch.Steps[i] is LedgerRecord record)
            {
                _owed.Enqueue(record);
            }
        }
    }

    /// <summary>Takes those out of the queue who wait; what nobody waits for stays.</summary>
    private Settlement[] DropWaiting()
    {
        var dropped = new List<Settlement>(_queue.Count);
        for (var left = _queue.Count; left > 0; left--)
        {
            var queued = _queue.Dequeue();
            if (queued.Waiting is { } settlement)
            {
                dropped.Add(settlement);
            }
            else
            {
                _queue.Enqueue(queued);
            }
        }

        return [.. dropped];
    }

    private void FailIfStalled()
    {
        Settlement[] abandoned;
        lock (_gate)
        {
            if (_stalled || !_batch.IsUnderWay || _time.GetElapsedTime(_batch.StartedAt) < _options.StallLimit)
            {
                return;
            }

            Volatile.Write(ref _stalled, true);
            abandoned = [.. Waiting(_batch), .. DropWaiting()];
        }

        var error = new LedgerUnavailableException(StallMessage);
        _health.OnStall(error, abandoned.Length);
        foreach (var settlement in abandoned)
        {
            settlement.Complete(error);
        }
    }

    private void Fail(Settlement[] settlements, Exception? error)
    {
        if (settlements.Length > 0)
        {
            _health.OnRefused(settlements.Length);
        }

        foreach (var settlement in settlements)
        {
            settlement.Complete(error);
        }
    }

    private static List<Settlement> Waiting(LedgerBatch batch)
    {
        var waiting = new List<Settlement>(batch.Count);
        foreach (var settlement in batch.Waiting)
        {
            if (settlement is not null)
            {
                waiting.Add(settlement);
            }
        }

        return waiting;
    }
}
