namespace Wye.Gateway.Http;

/// <summary>
/// Thrown by the endpoint after the error frame of a broken stream is flushed: the server then closes the connection without the
/// terminating chunk, so that no client takes the answer for whole.
/// </summary>
internal sealed class StreamCutException() : Exception("The stream was cut after its error frame.");
