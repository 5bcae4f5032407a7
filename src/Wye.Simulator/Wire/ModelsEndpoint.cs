using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Models;

namespace Wye.Simulator.Wire;

/// <summary><c>GET /v1/models</c>: the names played, in OpenAI's shape or Anthropic's.</summary>
internal sealed class ModelsEndpoint(SimulatorCore core)
{
    // 2025-01-01, so that two runs list the same.
    private const long Created = 1_735_689_600;

    public Task HandleAsync(HttpContext http, bool anthropic)
    {
        var body = new ArrayBufferWriter<byte>(2_048);
        using (var json = new Utf8JsonWriter(body, WireJson.Options))
        {
            json.WriteStartObject();
            if (!anthropic)
            {
                json.WriteString("object"u8, "list"u8);
            }

            json.WriteStartArray("data"u8);
            foreach (var model in core.Options.Models)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, model.Name);
                if (anthropic)
                {
                    json.WriteString("type"u8, "model"u8);
                    json.WriteString("display_name"u8, model.Name);
                    json.WriteString("created_at"u8, DateTimeOffset.FromUnixTimeSeconds(Created));
                }
                else
                {
                    json.WriteString("object"u8, "model"u8);
                    json.WriteNumber("created"u8, Created);
                    json.WriteString("owned_by"u8, model.Owner);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (anthropic)
            {
                WritePage(json, core.Options.Models);
            }

            json.WriteEndObject();
        }

        return ChatEndpoint.SendAsync(http, StatusCodes.Status200OK, "application/json", body.WrittenMemory);
    }

    /// <summary>One page holds them all.</summary>
    private static void WritePage(Utf8JsonWriter json, IReadOnlyList<SimulatedModel> models)
    {
        json.WriteString("first_id"u8, models[0].Name);
        json.WriteString("last_id"u8, models[^1].Name);
        json.WriteBoolean("has_more"u8, false);
    }
}
