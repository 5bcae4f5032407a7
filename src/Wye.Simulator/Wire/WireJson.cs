using System.Text.Encodings.Web;
using System.Text.Json;

namespace Wye.Simulator.Wire;

/// <summary>How JSON is written on every wire.</summary>
internal static class WireJson
{
    public static JsonWriterOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
