using Wye.Simulator.Answers;
using Wye.Simulator.Faults;
using Wye.Simulator.Truth;

namespace Wye.Simulator.Billing;

/// <summary>Follows one call and writes its bill line once, by the rules of <see cref="CancelBilling"/> and <see cref="FaultBilling"/>.</summary>
internal sealed class Meter(Bill bill, GroundTruth truth, SimulatorOptions options, SimulatedCall call)
{
    private Reply? _reply;
    private bool _ended;

    public Fault Fault { get; set; } = Fault.None;

    /// <summary>Output tokens generated so far.</summary>
    public long Output { get; set; }

    /// <summary>True once a byte of content was sent.</summary>
    public bool ContentSent { get; set; }

    public void Begin(Reply reply) => _reply = reply;

    public void Complete()
    {
        if (_ended || _reply is null)
        {
            return;
        }

        Output = Math.Max(Output, _reply.OutputTokens);
        if (_reply.Correct is { } correct)
        {
            truth.Record(call.ResponseId, call.RequestId, correct);
        }

        End(CallEnd.Completed, FaultBilling.UpToThere);
    }

    public void Cancel() =>
        End(
            CallEnd.CancelledByCaller,
            options.CancelBilling switch
            {
                CancelBilling.ToTheEnd => FaultBilling.ToTheEnd,
                CancelBilling.InputAlways => FaultBilling.UpToThere,
                _ => ContentSent ? FaultBilling.UpToThere : FaultBilling.Nothing,
            }
        );

    public void Break() =>
        End(
            ContentSent ? CallEnd.FaultedAfterContent : CallEnd.FaultedBeforeContent,
            ContentSent ? FaultBilling.UpToThere : FaultBilling.Nothing
        );

    private void End(CallEnd end, FaultBilling rule)
    {
        if (_ended || _reply is null)
        {
            return;
        }

        _ended = true;
        var billing = Fault.Billing == FaultBilling.ByRule ? rule : Fault.Billing;
        if (billing == FaultBilling.Nothing)
        {
            return;
        }

        var tokens = _reply.TokensAt(billing == FaultBilling.ToTheEnd ? Math.Max(Output, _reply.OutputTokens) : Output);
        bill.Add(
            new BillLine(
                0,
                call.Number,
                options.Time.GetUtcNow(),
                call.Model.Name,
                call.RequestId,
                call.ResponseId,
                tokens,
                tokens.PicoUsd(call.Model.Prices),
                call.Stream,
                end
            )
        );
    }
}
