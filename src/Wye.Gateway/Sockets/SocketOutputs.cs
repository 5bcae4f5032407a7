using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Wye.Gateway.Sockets;

/// <summary>Gives each of the server's connections a <see cref="SocketOutput"/>.</summary>
internal static class SocketOutputs
{
    /// <summary>A part of the listener's pipeline; connections that are no sockets pass as they are.</summary>
    public static ConnectionDelegate Use(ConnectionDelegate next) =>
        async connection =>
        {
            if (connection.Features.Get<IConnectionSocketFeature>() is not { } feature)
            {
                await next(connection);
                return;
            }

            var own = connection.Transport;
            var output = new SocketOutput(feature.Socket, connection);
            connection.Transport = new Transport(own.Input, output);
            try
            {
                await next(connection);
            }
            finally
            {
                await output.CloseAsync();
                connection.Transport = own;
            }
        };

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
