using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Wye.Primitives;

namespace Wye.Providers;

public class TransportErrorsTests
{
    [Theory]
    [InlineData(0, FailureKind.ConnectionLost)]
    [InlineData(1, FailureKind.BadResponse)]
    [InlineData(2, FailureKind.ConnectionLost)]
    [InlineData(6, FailureKind.BadResponse)]
    [InlineData(7, FailureKind.ConnectFailed)]
    [InlineData(8, FailureKind.ConnectionLost)]
    [InlineData(11, FailureKind.ConnectionLost)]
    public void AResetOfHttp2_IsWhatItsCodeSays_BeforeAndAfterTheHead(long code, FailureKind expected)
    {
        var reset = new HttpProtocolException(code, "The stream was reset.", innerException: null);
        TransportErrors.Of(reset, default)!.Kind.ShouldBe(expected);
        var before = new HttpRequestException(HttpRequestError.HttpProtocolError, "It failed.", reset);
        TransportErrors.Of(before, default)!.Kind.ShouldBe(expected);
    }

    [Theory]
    [InlineData("localhost", 1, ": no authority that this machine trusts has signed its certificate.")]
    [InlineData("localhost", -1, ": its certificate has expired, or is not valid yet.")]
    [InlineData("other.example", 1, ": its certificate is for another name.")]
    public async Task ACertificateThatIsRefused_IsSaidWhy(string name, int daysLeft, string expected)
    {
        using var certificate = Certificate(name, daysLeft);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = RefuseOneAsync(listener, certificate);
        using var transport = ProviderTransport.Create(TimeSpan.FromSeconds(20));
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/v1/chat/completions"
        );
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer sk-our-own-key");

        var fault = await Should.ThrowAsync<HttpRequestException>(transport.SendAsync(request, default));

        var error = TransportErrors.Of(fault, default);
        error!.Kind.ShouldBe(FailureKind.ConnectFailed);
        error.Message.ShouldBe("No secure connection to the provider could be made" + expected);
        (await serving).ShouldBe(0, "nothing is sent to who is not known");
    }

    [Fact]
    public void ASecureConnectionThatFailsOtherwise_IsSaidPlainly() =>
        TransportErrors
            .Of(
                new HttpRequestException(
                    HttpRequestError.SecureConnectionError,
                    "It failed.",
                    new AuthenticationException("Authentication failed, see inner exception.")
                ),
                default
            )!
            .Message.ShouldBe("No secure connection to the provider could be made.");

    /// <summary>Takes one connection; gives how many bytes came through it in secret.</summary>
    private static async Task<int> RefuseOneAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var secure = new SslStream(client.GetStream());
        try
        {
            await secure.AuthenticateAsServerAsync(certificate);
            return await secure.ReadAsync(new byte[16]);
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return 0;
        }
    }

    private static X509Certificate2 Certificate(string name, int daysLeft)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(daysLeft));
        // A key that was just made cannot serve TLS on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
