namespace Wye.Providers.Sockets;

/// <summary>When what a thread sends goes out.</summary>
public sealed class SendTurnTests
{
    private readonly List<string> _sent = [];
    private readonly SendTurn _turn;
    private int _asked;

    public SendTurnTests() => _turn = new SendTurn(() => _asked++);

    [Fact]
    public void SendsOfOneTurn_GoTogetherAtItsEnd_InTheirOrder()
    {
        Join("a", "b", "c");
        _sent.ShouldBeEmpty();

        _turn.End();

        _sent.ShouldBe(["a", "b", "c"]);
        _asked.ShouldBe(1);
    }

    [Fact]
    public void EachTurn_AsksForItsEndOnce()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            Join("a", "b");
            _turn.End();
        }

        _asked.ShouldBe(3);
        _sent.Count.ShouldBe(6);
    }

    [Fact]
    public void TooManySends_GoAtOnce_AndTheTurnGoesOn()
    {
        Join([.. Enumerable.Range(0, SendTurn.MostWaiting).Select(n => $"{n}")]);
        _sent.Count.ShouldBe(SendTurn.MostWaiting);

        Join("last");
        _sent.ShouldNotContain("last");

        _turn.End();
        _sent[^1].ShouldBe("last");
        _asked.ShouldBe(1);
    }

    [Fact]
    public void WhatASendBringsAbout_GoesInTheSameTurn()
    {
        _turn.Join(new Send(() => Join("second")));

        _turn.End();

        _sent.ShouldBe(["second"]);
    }

    [Fact]
    public void SendsThatAreAloneInTheirTurns_WaitNoLonger_UntilOneTriesAgain()
    {
        LoneTurns(SendTurn.LoneTurns);

        Enumerable.Range(0, SendTurn.SentAtOnce).ShouldAllBe(_ => !_turn.Waits());
        _turn.Waits().ShouldBeTrue();

        // Alone again: the next go at once.
        LoneTurn();
        _turn.Waits().ShouldBeFalse();
    }

    [Fact]
    public void ATurnWithCompany_LetsTheNextWait()
    {
        LoneTurns(SendTurn.LoneTurns - 1);
        Join("a", "b");
        _turn.End();
        LoneTurns(SendTurn.LoneTurns - 1);

        _turn.Waits().ShouldBeTrue();
    }

    private void LoneTurns(int count)
    {
        for (var turn = 0; turn < count; turn++)
        {
            _turn.Waits().ShouldBeTrue();
            LoneTurn();
        }
    }

    private void LoneTurn()
    {
        Join("lone");
        _turn.End();
    }

    private void Join(params string[] names)
    {
        foreach (var name in names)
        {
            _turn.Join(new Send(() => _sent.Add(name)));
        }
    }

    private sealed class Send(Action make) : IDeferredSend
    {
        void IDeferredSend.Send() => make();
    }
}
