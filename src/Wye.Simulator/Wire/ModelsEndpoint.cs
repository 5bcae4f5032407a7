using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Wye.Simulator.Wire;

/// <summary><c>GET /v1/models</c>: the names played.</summary>
internal sealed class ModelsEndpoint(SimulatorCore core)
{
    // 2025-01-01, so that two runs list the same.
    private const long Created = 1_735_689_600;

    public Task HandleAsync(HttpContext http)
    {
        var body = new ArrayBufferWriter<byte>(2_048);
        using (var json = new Utf8JsonWriter(body, WireJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (var model in core.Options.Models)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, model.Name);
                json.WriteString("object"u8, "model"u8);
                json.WriteNumber("created"u8, Created);
                json.WriteString("owned_by"u8, model.Owner);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return ChatEndpoint.SendAsync(http, StatusCodes.Status200OK, "application/json", body.WrittenMemory);
    }
}
