using Wye.Delivery.Attempts;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

internal sealed partial class DeliveryRun
{
    private static readonly TimeSpan PermitPoll = TimeSpan.FromMilliseconds(20);

    private bool _permitted;
    private bool _permitRefused;

    /// <summary>The call answers: what follows is an ordinary stream, no longer a retry.</summary>
    public override void OnFirstContent() => GivePermitBack();

    /// <summary>Whether the retry budget lets a call caused by failure go.</summary>
    /// <remarks>
    /// The first fallbacks of a burst find out whether the target is well; the others wait for a moment to hear of it, so that
    /// a healthy target takes them all and a dead one only a few.
    /// </remarks>
    private async ValueTask<bool> TakePermitAsync(PlanNode node, bool mayWait)
    {
        if (_permitted || picker.IsProven(node))
        {
            return true;
        }

        var deadline = Deadline.In(options.RetryPermitWait, Time);
        while (!retries.TryTake())
        {
            var left = mayWait && !_permitRefused ? deadline.Remaining(Time) : TimeSpan.Zero;
            if (left == TimeSpan.Zero || !picker.IsFree(node) || !await DelayAsync(PollIn(left)))
            {
                if (!_permitRefused)
                {
                    path.Mark("retry budget used up");
                }

                _permitRefused |= mayWait;
                return false;
            }

            if (picker.IsProven(node))
            {
                return true;
            }
        }

        _permitted = true;
        return true;
    }

    private TimeSpan PollIn(TimeSpan left)
    {
        var poll = PermitPoll * (1 + random.NextDouble());
        return poll < left ? poll : left;
    }

    private void GivePermitBack()
    {
        if (_permitted)
        {
            _permitted = false;
            retries.Return();
        }
    }

    /// <summary>Waits; false when the caller left or the gateway stops meanwhile.</summary>
    private async ValueTask<bool> DelayAsync(TimeSpan span)
    {
        using var over = Request.Stopping.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(CallerGone, Request.Stopping)
            : null;
        try
        {
            await Task.Delay(span, Time, over?.Token ?? CallerGone);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
