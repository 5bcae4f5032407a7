namespace Wye.Providers.Sockets;

/// <summary>
/// What one thread has to send in one turn of its work, sent together. A send wakes who waits at the other end, and that costs
/// more than the send; of several in a row only the first wakes anybody.
/// </summary>
/// <remarks>
/// The idea is Netty's flush consolidation. A turn that never has more than one send only pays for being told of its end: after
/// <see cref="LoneTurns"/> such turns in a row sends are made at once, and every <see cref="SentAtOnce"/>th tries again.
/// Belongs to one thread.
/// </remarks>
/// <param name="askForEnd">Called by the first send of a turn: <see cref="End"/> is to be called once the thread has done what it has at hand.</param>
internal sealed class SendTurn(Action askForEnd)
{
    /// <summary>Sends that wait at most; one more, and all are made. Bounds how long the first waits for the others.</summary>
    public const int MostWaiting = 32;

    /// <summary>Bytes of one connection that wait at most; with more, they go at once.</summary>
    public const int MostBytes = 32 * 1024;

    /// <summary>Turns in a row with one send each, after which sends no longer wait.</summary>
    public const int LoneTurns = 4;

    /// <summary>Sends made at once before one waits again.</summary>
    public const int SentAtOnce = 64;

    private readonly List<IDeferredSend> _waiting = new(MostWaiting);
    private bool _asked;
    private int _joined;
    private int _lone;
    private int _atOnce;

    /// <summary>Whether the next send should <see cref="Join"/>; asked once per send.</summary>
    public bool Waits()
    {
        if (_atOnce == 0)
        {
            return true;
        }

        _atOnce--;
        return false;
    }

    /// <summary>Lets <paramref name="send"/> wait for the end of the turn, or makes it with all others if too many wait.</summary>
    public void Join(IDeferredSend send)
    {
        _waiting.Add(send);
        _joined++;
        if (!_asked)
        {
            _asked = true;
            askForEnd();
        }

        if (_waiting.Count >= MostWaiting)
        {
            SendAll();
        }
    }

    /// <summary>Makes all sends that wait.</summary>
    public void End()
    {
        _asked = false;
        SendAll();
        if (_joined > 1)
        {
            _lone = 0;
        }
        else if (++_lone >= LoneTurns)
        {
            // One turn with company and it counts from the beginning; another without, and the next goes at once again.
            _lone = LoneTurns - 1;
            _atOnce = SentAtOnce;
        }

        _joined = 0;
    }

    private void SendAll()
    {
        // A send that fails may end calls, which may have something to say in turn: the list can grow here.
        for (var i = 0; i < _waiting.Count; i++)
        {
            _waiting[i].Send();
        }

        _waiting.Clear();
    }
}
