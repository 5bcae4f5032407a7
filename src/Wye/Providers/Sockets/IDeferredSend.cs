namespace Wye.Providers.Sockets;

/// <summary>Bytes for a socket that wait for the end of a <see cref="SendTurn"/>.</summary>
internal interface IDeferredSend
{
    /// <summary>Hands what waits to the system; nothing if nothing does. Neither blocks nor throws: the connection learns of an error.</summary>
    void Send();
}
