using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Wye.Gateway.Access;

/// <summary><c>/admin/keys</c> over real HTTP, and what it changes elsewhere.</summary>
public sealed class KeyApiTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AKey_LivesFromMadeToDeleted()
    {
        var (status, made) = await SendAsync(
            "POST",
            "admin/keys",
            """
            {"name":"ci","routes":["auto"],"rpm":60,"budgets":[{"limit_usd":"12.5","per":"month"}],
             "tags":["team:a"],"metadata":{"owner":"alice"},"expires_at":"2099-01-01T00:00:00Z"}
            """
        );
        status.ShouldBe(HttpStatusCode.Created);
        var (id, text) = (made.GetProperty("id").GetString()!, made.GetProperty("key").GetString()!);
        text.ShouldStartWith($"sk-wye-{id}-");
        made.GetProperty("role").GetString().ShouldBe("data_plane");
        made.GetProperty("budgets")[0].GetProperty("limit_usd").GetString().ShouldBe("12.5");
        made.GetProperty("metadata").GetProperty("owner").GetString().ShouldBe("alice");
        (await ModelsAsync(text)).ShouldBe(HttpStatusCode.OK);

        var (_, shown) = await SendAsync("GET", $"admin/keys/{id}");
        shown.TryGetProperty("key", out _).ShouldBeFalse();
        shown.GetRawText().ShouldNotContain(text[^43..]);
        (await SendAsync("POST", $"admin/keys/{id}/block")).Json.GetProperty("state").GetString().ShouldBe("blocked");
        (await ModelsAsync(text)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("POST", $"admin/keys/{id}/unblock")).Json.GetProperty("state").GetString().ShouldBe("active");
        (await ModelsAsync(text)).ShouldBe(HttpStatusCode.OK);

        var (_, rotated) = await SendAsync("POST", $"admin/keys/{id}/rotate", """{"overlap_seconds":3600}""");
        rotated.GetProperty("previous_secret_until").GetString().ShouldNotBeNull();
        (await ModelsAsync(text)).ShouldBe(HttpStatusCode.OK);
        (await ModelsAsync(rotated.GetProperty("key").GetString()!)).ShouldBe(HttpStatusCode.OK);

        var (_, changed) = await SendAsync("PATCH", $"admin/keys/{id}", """{"rpm":null,"name":"nightly"}""");
        changed.GetProperty("rpm").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.GetProperty("name").GetString().ShouldBe("nightly");
        changed.GetProperty("routes")[0].GetString().ShouldBe("auto");

        (await SendAsync("DELETE", $"admin/keys/{id}")).Status.ShouldBe(HttpStatusCode.OK);
        (await ModelsAsync(text)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("GET", $"admin/keys/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"id":"abc"}""", "unknown_field", "id")]
    [InlineData("""{"hash":"00"}""", "unknown_field", "hash")]
    [InlineData("""{"created_by":"me"}""", "unknown_field", "created_by")]
    [InlineData("""{"revision":9}""", "unknown_field", "revision")]
    [InlineData("""{"role":"root"}""", "invalid_field", "role")]
    [InlineData("""{"rpm":1.5}""", "invalid_field", "rpm")]
    [InlineData("""{"rpm":"60"}""", "invalid_field", "rpm")]
    [InlineData("""{"tpm":0}""", "invalid_field", "tpm")]
    [InlineData("""{"routes":"auto"}""", "invalid_field", "routes")]
    [InlineData("""{"routes":[]}""", "invalid_field", "routes")]
    [InlineData("""{"expires_at":"soon"}""", "invalid_field", "expires_at")]
    [InlineData("""{"expires_at":"2001-01-01"}""", "invalid_field", "expires_at")]
    [InlineData("""{"expires_at":"90x"}""", "invalid_field", "expires_at")]
    [InlineData("""{"expires_at":"-1d"}""", "invalid_field", "expires_at")]
    [InlineData("""{"expires_at":"0d"}""", "invalid_field", "expires_at")]
    [InlineData("""{"expires_at":"10001d"}""", "invalid_field", "expires_at")]
    [InlineData("""{"expires_at":90}""", "invalid_field", "expires_at")]
    [InlineData("""{"budgets":[{"limit_usd":"-1","per":"day"}]}""", "invalid_field", "budgets")]
    [InlineData("""{"budgets":[{"limit_usd":"1","per":"year"}]}""", "invalid_field", "budgets")]
    [InlineData("""{"metadata":{"a":1}}""", "invalid_field", "metadata")]
    [InlineData("""{"name":"a","name":"b"}""", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("{", "invalid_json", null)]
    public async Task Create_RefusesWhatItDoesNotKnow(string body, string code, string? field)
    {
        var (status, json) = await SendAsync("POST", "admin/keys", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        var error = json.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("param").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Expiry_TakesATimeFromNowToo()
    {
        var (_, made) = await SendAsync("POST", "admin/keys", """{"expires_at":"90d"}""");
        var id = made.GetProperty("id").GetString();
        made.GetProperty("expires_at")
            .GetDateTimeOffset()
            .ShouldBe(TimeProvider.System.GetUtcNow().AddDays(90), TimeSpan.FromMinutes(1));

        var (_, changed) = await SendAsync("PATCH", $"admin/keys/{id}", """{"expires_at":"12h"}""");
        changed
            .GetProperty("expires_at")
            .GetDateTimeOffset()
            .ShouldBe(TimeProvider.System.GetUtcNow().AddHours(12), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task TheLastAdminKey_CannotBeMadeToExpire()
    {
        var id = gateway.Key.Split('-')[2];

        var (status, json) = await SendAsync("PATCH", $"admin/keys/{id}", """{"expires_at":"2099-01-01T00:00:00Z"}""");

        status.ShouldBe(HttpStatusCode.Conflict);
        json.GetProperty("error").GetProperty("code").GetString().ShouldBe("conflict");
        (await SendAsync("GET", $"admin/keys/{id}"))
            .Json.GetProperty("expires_at")
            .ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task UnknownBlockedAndExpiredKeys_AreToldTheSame()
    {
        var (_, made) = await SendAsync("POST", "admin/keys", "{}");
        var (_, blocked) = await SendAsync("POST", "admin/keys", "{}");
        await SendAsync("POST", $"admin/keys/{blocked.GetProperty("id").GetString()}/block");
        var right = made.GetProperty("key").GetString()!;
        string[] keys =
        [
            blocked.GetProperty("key").GetString()!,
            right[..^43] + new string('A', 43),
            "sk-wye-0123456789abcdef-" + right[^43..],
            "nonsense",
        ];

        var answers = new List<string>();
        foreach (var key in keys)
        {
            using var response = await ModelsResponseAsync(key);
            var body = await response.Content.ReadAsStringAsync(Token);
            answers.Add($"{response.StatusCode} {string.Join(',', response.Headers.Select(h => h.Key))} {body}");
        }

        answers.Distinct().Count().ShouldBe(1, string.Join('\n', answers));
    }

    [Fact]
    public async Task FailedLogins_AreBoundPerAddress_ButAKeyKnownFromThereStillWorks()
    {
        await using var host = await PatientHost.StartAsync(gateway, new() { PerAddress = 5 });
        using var http = new HttpClient { BaseAddress = host.Address };
        async Task<HttpStatusCode> TryAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
            request.Headers.Add("x-api-key", key);
            using var response = await http.SendAsync(request, Token);
            return response.StatusCode;
        }

        (await TryAsync(host.FirstAdminKey!)).ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 5; i++)
        {
            (await TryAsync($"guess{i}")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await TryAsync("one more")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await TryAsync(host.FirstAdminKey!)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AChange_IsInForceInAnotherProcessOnTheSameStoreWithinSeconds()
    {
        var folder = Directory.CreateTempSubdirectory("wye-test-").FullName;
        await using var one = await PatientHost.StartAsync(gateway, folder: folder);
        await using var two = await PatientHost.StartAsync(gateway, folder: folder);
        var admin = one.FirstAdminKey!;
        var (_, made) = await SendAsync("POST", "admin/keys", "{}", one, admin);
        var key = made.GetProperty("key").GetString()!;

        (await UntilAsync(two, key, HttpStatusCode.OK)).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await SendAsync("POST", $"admin/keys/{made.GetProperty("id").GetString()}/block", "", one, admin);
        (await ModelsAsync(key, one)).ShouldBe(HttpStatusCode.Unauthorized);
        (await UntilAsync(two, key, HttpStatusCode.Unauthorized)).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    private async Task<TimeSpan> UntilAsync(GatewayHost host, string key, HttpStatusCode wanted)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await ModelsAsync(key, host) != wanted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
            {
                break;
            }
        }

        return TimeProvider.System.GetElapsedTime(start);
    }

    private async Task<HttpStatusCode> ModelsAsync(string key, GatewayHost? host = null)
    {
        using var response = await ModelsResponseAsync(key, host);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> ModelsResponseAsync(string key, GatewayHost? host = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri((host ?? gateway.Host).Address, "v1/models")
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var http = new HttpClient();
        return await http.SendAsync(request, Token);
    }

    private async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(
        string method,
        string path,
        string body = "",
        GatewayHost? host = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(method),
            new Uri((host ?? gateway.Host).Address, path)
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key ?? gateway.Key);
        request.Content = body.Length > 0 ? new StringContent(body, Encoding.UTF8, "application/json") : null;
        using var http = new HttpClient();
        using var response = await http.SendAsync(request, Token);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        return (response.StatusCode, json.RootElement.Clone());
    }
}
