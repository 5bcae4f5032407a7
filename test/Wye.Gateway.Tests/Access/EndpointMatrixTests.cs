using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Wye.Access;
using Wye.Gateway.Endpoints;
using RoutedEndpoint = Microsoft.AspNetCore.Routing.RouteEndpoint;

namespace Wye.Gateway.Access;

/// <summary>
/// Every endpoint the gateway has, taken from its own table, times every sort of credential (S01, S03, S05): only health answers
/// anyone, a wrong key gets 401, a key of a role without the right gets 403, and odd spellings of a path change nothing.
/// </summary>
public sealed class EndpointMatrixTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryEndpoint_SaysWhoMayCallIt() =>
        Endpoints().ShouldAllBe(one => one.Metadata.GetMetadata<RequiredAccess>() != null);

    [Fact]
    public void OnlyHealth_IsOpen() =>
        Endpoints()
            .Where(one => one.Metadata.GetMetadata<RequiredAccess>()!.Rights is null)
            .Select(one => one.RoutePattern.RawText)
            .ShouldAllBe(path => path!.StartsWith("/health/"));

    [Fact]
    public async Task WithoutAKey_OnlyHealthAnswers()
    {
        foreach (var (method, path, required) in Table())
        {
            var status = await SendAsync(method, path);
            if (required.Rights is null)
            {
                status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable);
            }
            else
            {
                status.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            }
        }
    }

    [Theory]
    [InlineData("Bearer sk-wye-0000000000000000-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer ")]
    [InlineData("Bearer null")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("")]
    public async Task WithAWrongKey_EveryEndpointButHealthIs401(string authorization)
    {
        await using var host = await PatientHost.StartAsync(gateway);
        foreach (var (method, path, _) in Table().Where(one => one.Required.Rights is not null))
        {
            (await SendAsync(method, path, authorization, host: host)).ShouldBe(
                HttpStatusCode.Unauthorized,
                $"{method} {path}"
            );
        }
    }

    [Theory]
    [InlineData(AccessRole.DataPlane)]
    [InlineData(AccessRole.Viewer)]
    [InlineData(AccessRole.Admin)]
    public async Task ARole_ReachesWhatItHasTheRightTo_AndNothingElse(AccessRole role)
    {
        var key = (await gateway.Host.Services.GetRequiredService<KeyRing>().CreateAsync(role, Token)).Reveal();
        foreach (var (method, path, required) in Table().Where(one => one.Required.Rights is not null))
        {
            var status = await SendAsync(method, path, "Bearer " + key);
            if (RoleRights.Has(role, required.Rights!.Value))
            {
                status.ShouldNotBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
            }
            else
            {
                status.ShouldBe(HttpStatusCode.Forbidden, $"{role}: {method} {path}");
            }
        }
    }

    [Fact]
    public void DataPlaneKeys_HaveNoRightToAnythingUnderAdmin() =>
        Table()
            .Where(one => one.Path.StartsWith("/admin", StringComparison.Ordinal) || one.Path is "/metrics")
            .ShouldAllBe(one => !RoleRights.Has(AccessRole.DataPlane, one.Required.Rights!.Value));

    [Theory]
    [InlineData("//admin/requests")]
    [InlineData("/admin//requests")]
    [InlineData("/ADMIN/requests")]
    [InlineData("/admin/requests/")]
    [InlineData("/admin%2frequests")]
    [InlineData("/health/../admin/requests")]
    [InlineData("/health/live/../../admin/requests")]
    [InlineData("/health/%2e%2e/admin/requests")]
    [InlineData("/health/live;/admin/requests")]
    [InlineData("/health/live%00/admin")]
    [InlineData("/v1/../admin/keys")]
    [InlineData("/admin/keys?x=/health/live")]
    [InlineData("/.well-known/x")]
    [InlineData("/")]
    public async Task OddPaths_OpenNothing(string path) =>
        ((int)await SendAsync("GET", path)).ShouldBeGreaterThanOrEqualTo(400);

    [Theory]
    [InlineData("/health/live", "OPTIONS")]
    [InlineData("/v1/chat/completions", "OPTIONS")]
    [InlineData("/admin/keys", "OPTIONS")]
    [InlineData("/admin/keys", "HEAD")]
    [InlineData("/v1/models", "TRACE")]
    public async Task OtherMethods_OpenNothing(string path, string method) =>
        ((int)await SendAsync(method, path)).ShouldBeGreaterThanOrEqualTo(400);

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task ProbesMayAskForTheHeadOnly(string path) =>
        (await SendAsync("HEAD", path)).ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task AnotherHost_OpensNothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Host.Address, "/admin/keys"));
        request.Headers.Host = "health.live";
        using var http = new HttpClient();

        (await http.SendAsync(request, Token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task BothHeaders_MustCarryTheSameKey()
    {
        var other = (
            await gateway.Host.Services.GetRequiredService<KeyRing>().CreateAsync(AccessRole.Admin, Token)
        ).Reveal();

        (await SendAsync("GET", "/v1/models", "Bearer " + gateway.Key, gateway.Key)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync("GET", "/v1/models", apiKey: gateway.Key)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync("GET", "/v1/models", "Bearer " + gateway.Key, other)).ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync("GET", "/v1/models", "Basic x", gateway.Key)).ShouldBe(HttpStatusCode.BadRequest);
    }

    private IEnumerable<RoutedEndpoint> Endpoints() =>
        gateway
            .Host.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RoutedEndpoint>();

    private List<(string Method, string Path, RequiredAccess Required)> Table()
    {
        var table = Endpoints()
            .SelectMany(one =>
                one.Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Select(method =>
                        (method, Filled(one.RoutePattern.RawText!), one.Metadata.GetMetadata<RequiredAccess>()!)
                    )
            )
            .ToList();
        table.Count.ShouldBeGreaterThan(15);
        return table;
    }

    // {id} and the like: any text will do, since the key is looked at first.
    private static string Filled(string pattern) =>
        System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", "none", default, TimeSpan.FromSeconds(1));

    private async Task<HttpStatusCode> SendAsync(
        string method,
        string path,
        string? authorization = null,
        string? apiKey = null,
        GatewayHost? host = null
    )
    {
        using var http = new HttpClient();
        var address = (host ?? gateway.Host).Address;
        // Not through Uri's own tidying: what is written is what is sent.
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var written = $"http://{address.Authority}{path}";
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(written, options));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (apiKey is not null)
        {
            request.Headers.Add("x-api-key", apiKey);
        }

        if (method is "POST" or "PATCH")
        {
            request.Content = new StringContent("{", Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        return response.StatusCode;
    }
}
