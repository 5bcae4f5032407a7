using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire;

/// <summary>The Simulator by HTTP: <c>GET /sim/bill</c>, <c>GET</c> and <c>POST /sim/truth</c>, <c>POST /sim/faults</c>.</summary>
internal sealed class AdminEndpoint(SimulatorCore core)
{
    public async Task HandleAsync(HttpContext http, string path)
    {
        var body = new ArrayBufferWriter<byte>(1_024);
        int status;
        try
        {
            status = (http.Request.Method, path) switch
            {
                ("GET", "/sim/bill") => Bill(http, body),
                ("GET", "/sim/truth") => Truth(http, body),
                ("POST", "/sim/truth") => SetDifficulty(await ReadAsync(http), body),
                ("POST", "/sim/faults") => SetFaults(await ReadAsync(http), body),
                _ => Fail(
                    body,
                    StatusCodes.Status404NotFound,
                    "Known: GET /sim/bill, GET|POST /sim/truth, POST /sim/faults."
                ),
            };
        }
        catch (Exception e)
            when (e is JsonException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            body.ResetWrittenCount();
            status = Fail(body, StatusCodes.Status400BadRequest, e.Message);
        }

        await ChatEndpoint.SendAsync(http, status, "application/json", body.WrittenMemory);
    }

    private int Bill(HttpContext http, IBufferWriter<byte> body)
    {
        _ = long.TryParse(http.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        var total = core.Bill.TotalPicoUsd;
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        json.WritePropertyName("total_pico_usd"u8);
        json.WriteRawValue(total.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("calls"u8, core.Calls.Count);
        json.WriteStartArray("lines"u8);
        foreach (var line in core.Bill.Snapshot(after))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence"u8, line.Sequence);
            json.WriteNumber("call"u8, line.CallNumber);
            json.WriteString("time"u8, line.Time);
            json.WriteString("model"u8, line.Model);
            json.WriteString("request_id"u8, line.RequestId);
            json.WriteString("response_id"u8, line.ResponseId);
            json.WriteNumber("input_tokens"u8, line.Tokens.Input);
            json.WriteNumber("cache_read_tokens"u8, line.Tokens.CacheRead);
            json.WriteNumber("cache_write_tokens"u8, line.Tokens.CacheWrite);
            json.WriteNumber("output_tokens"u8, line.Tokens.Output);
            json.WriteNumber("reasoning_tokens"u8, line.Tokens.Reasoning);
            json.WriteNumber("pico_usd"u8, line.PicoUsd);
            json.WriteBoolean("stream"u8, line.Streamed);
            json.WriteString("end"u8, line.End.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return StatusCodes.Status200OK;
    }

    private int Truth(HttpContext http, IBufferWriter<byte> body)
    {
        var query = http.Request.Query;
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        if (query["id"].ToString() is { Length: > 0 } id)
        {
            json.WriteString("id"u8, id);
            if (core.Truth.WasCorrect(id) is { } correct)
            {
                json.WriteBoolean("correct"u8, correct);
            }
            else
            {
                json.WriteNull("correct"u8);
            }
        }
        else
        {
            var (model, prompt) = (query["model"].ToString(), query["prompt"].ToString());
            json.WriteNumber("difficulty"u8, core.Truth.Difficulty(prompt));
            json.WriteNumber("probability"u8, core.Truth.ProbabilityCorrect(model, prompt));
            json.WriteBoolean("correct"u8, core.Truth.IsCorrect(model, prompt));
        }

        json.WriteEndObject();
        return StatusCodes.Status200OK;
    }

    private int SetDifficulty(JsonElement request, IBufferWriter<byte> body)
    {
        core.Truth.SetDifficulty(
            request.GetProperty("prompt").GetString() ?? "",
            request.GetProperty("difficulty").GetDouble()
        );
        return Done(body);
    }

    private int SetFaults(JsonElement request, IBufferWriter<byte> body)
    {
        FaultRequest.Apply(core.Faults, request);
        return Done(body);
    }

    private static int Done(IBufferWriter<byte> body)
    {
        body.Write("{\"ok\":true}"u8);
        return StatusCodes.Status200OK;
    }

    private static int Fail(IBufferWriter<byte> body, int status, string message)
    {
        using var json = new Utf8JsonWriter(body, WireJson.Options);
        json.WriteStartObject();
        json.WriteString("error"u8, message);
        json.WriteEndObject();
        return status;
    }

    private async ValueTask<JsonElement> ReadAsync(HttpContext http)
    {
        var body = await RequestBody.ReadAsync(http, core.Options.MaxBodyBytes);
        return JsonElement.Parse(body.Span);
    }
}
