using System.Runtime.CompilerServices;

namespace Wye.Gateway.Sockets;

/// <summary>These tests run as <c>wye serve</c> does: code goes on on the threads that hear of sockets.</summary>
internal static class InlineSockets
{
#pragma warning disable CA2255 // The runtime reads the settings when the first socket is opened: nothing may come before.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Apply() => RuntimeSettings.Apply();
}
