using System.Text;

namespace Wye.Load;

/// <summary>Where requests go.</summary>
/// <param name="Url">The whole address; a loopback one.</param>
/// <param name="Key">Bearer key.</param>
/// <param name="Model">Model asked for.</param>
internal sealed record Target(Uri Url, string Key, string Model)
{
    /// <summary>A request of some 1 KB, head and body.</summary>
    /// <exception cref="InvalidOperationException">The address is another machine's: load goes nowhere else.</exception>
    public byte[] Request(bool stream)
    {
        if (!Url.IsLoopback)
        {
            throw new InvalidOperationException($"'{Url}' is not an address of this machine; load goes nowhere else.");
        }

        var body = ChatBody.Render(Model, 1024, turns: true, stream);
        return Encoding.ASCII.GetBytes(
            $"POST {Url.PathAndQuery} HTTP/1.1\r\nHost: {Url.Authority}\r\nAuthorization: Bearer {Key}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
    }
}
