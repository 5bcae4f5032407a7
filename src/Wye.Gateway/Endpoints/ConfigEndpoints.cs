using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Wye.Gateway.Reloading;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/admin/config</c> and <c>/admin/reload</c>: which configuration is in force, and putting another one in force.</summary>
internal sealed class ConfigEndpoints(ConfigReloader reloader)
{
    public Task StatusAsync(HttpContext http) => WriteAsync(http, reloader.Status);

    /// <summary>200 = in force; 422 = it has errors and the last good one stays.</summary>
    public async Task ReloadAsync(HttpContext http)
    {
        var status = await reloader.ReloadAsync(http.RequestAborted);
        http.Response.StatusCode =
            status.Result == ReloadResult.Rejected ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
        await WriteAsync(http, status);
    }

    private async Task WriteAsync(HttpContext http, ConfigStatus status)
    {
        http.Response.ContentType = "application/json";
        var text = new ArrayBufferWriter<byte>(1024);
        await using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("version", status.Version);
            json.WriteString("loaded_at", Utc(status.LoadedAt));
            json.WriteString("source", reloader.Source);
            json.WriteStartObject("last");
            json.WriteString("result", status.Result.ToString().ToLowerInvariant());
            json.WriteString("at", Utc(status.TriedAt));
            json.WriteStartArray("problems");
            foreach (var problem in status.Problems)
            {
                Write(json, problem);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        await http.Response.BodyWriter.WriteAsync(text.WrittenMemory, http.RequestAborted);
    }

    private static void Write(Utf8JsonWriter json, ConfigProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", problem.Severity == ConfigSeverity.Error ? "error" : "warning");
        json.WriteNumber("line", problem.Line);
        json.WriteNumber("column", problem.Column);
        json.WriteString("path", problem.Path);
        json.WriteString("what", problem.What);
        json.WriteString("fix", problem.Fix);
        json.WriteEndObject();
    }

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
