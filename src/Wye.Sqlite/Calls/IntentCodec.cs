using Wye.Ledger;
using Wye.Primitives;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Calls;

/// <summary>
/// A call that is about to be made as it stands in the file of a process: its fields in order, after a number that says in which.
/// </summary>
internal static class IntentCodec
{
    // To be raised whenever a field is added. Another one is not read.
    private const int Form = 1;

    /// <returns>Bytes written; null = the intent does not fit.</returns>
    public static int? Write(CallIntent intent, Usd amount, string accounts, Span<byte> bytes)
    {
        var fields = new FieldWriter(bytes);
        fields.Number(Form);
        fields.Text(intent.Request.Value);
        fields.Number(intent.Number);
        fields.Number(Microseconds.From(intent.At));
        fields.Text(intent.Key.Value);
        fields.Text(intent.Route.Value);
        fields.Text(intent.RequestedModel);
        fields.Text(intent.Run);
        fields.Flag(intent.Stream);
        fields.Number(intent.Node);
        fields.Text(intent.Cause);
        fields.Text(intent.Model.Value);
        fields.Text(intent.Deployment.Value);
        fields.Text(intent.Price?.Version);
        fields.Number(amount.PicoDollars);
        fields.Text(accounts);
        return fields.Fits ? fields.Length : null;
    }

    /// <returns>Null = it was not written whole, or in another form.</returns>
    public static OrphanedIntent? Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new FieldReader(bytes);
        try
        {
            return fields.Number() == Form ? Read(ref fields) : null;
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            return null;
        }
    }

    private static OrphanedIntent Read(ref FieldReader fields) =>
        new()
        {
            Request = new(fields.Required()),
            Number = (int)fields.Number(),
            At = Microseconds.Read(fields.Number()),
            Key = new(fields.Text()!),
            Route = new(fields.Text()!),
            RequestedModel = fields.Required(),
            Run = fields.Text(),
            Stream = fields.Flag(),
            Node = (int)fields.Number(),
            Cause = fields.Required(),
            Model = new(fields.Required()),
            Deployment = new(fields.Required()),
            Price = fields.Text(),
            Reserved = new Usd(fields.Number()),
            Accounts = fields.Required(),
        };
}
