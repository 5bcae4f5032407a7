using Wye.Access;

namespace Wye.Gateway.Access;

/// <summary>A second gateway before the same simulator, with other bounds.</summary>
internal static class PatientHost
{
    public static Task<GatewayHost> StartAsync(
        GatewayFixture gateway,
        FailedLoginOptions? failures = null,
        string? folder = null
    ) =>
        GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = GatewayFixture.Config(gateway.Simulator.Address),
                DataFolder = folder ?? Directory.CreateTempSubdirectory("wye-test-").FullName,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
                FailedLogins = failures ?? new FailedLoginOptions { PerAddress = 100_000, InAll = 100_000 },
            },
            CancellationToken.None
        );
}
