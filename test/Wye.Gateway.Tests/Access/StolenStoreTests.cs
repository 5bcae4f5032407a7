using System.Net;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;

namespace Wye.Gateway.Access;

/// <summary>S02: whoever has the database, but not the pepper, cannot log in with anything that stands in it.</summary>
public sealed class StolenStoreTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingInTheDatabase_IsACredential()
    {
        var folder = Directory.CreateTempSubdirectory("wye-test-").FullName;
        await using var host = await PatientHost.StartAsync(gateway, folder: folder);
        var (ids, values) = Read(Path.Combine(folder, "wye.db"));
        values.Count.ShouldBeGreaterThan(5);
        foreach (var id in ids)
        {
            foreach (var value in values)
            {
                foreach (var tried in (string[])[value, $"sk-wye-{id}-{value}", $"sk-wye-{id}-{Secret(value)}"])
                {
                    (await TryAsync(host, tried)).ShouldBe(HttpStatusCode.Unauthorized, tried);
                }
            }
        }

        (await TryAsync(host, host.FirstAdminKey!)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ACopyOfTheDatabaseUnderAnotherPepper_LetsNobodyIn()
    {
        var folder = Directory.CreateTempSubdirectory("wye-test-").FullName;
        var thief = Directory.CreateTempSubdirectory("wye-test-").FullName;
        await using (await PatientHost.StartAsync(gateway, folder: folder)) { }
        File.Copy(Path.Combine(folder, "wye.db"), Path.Combine(thief, "wye.db"));

        var error = await Should.ThrowAsync<Wye.Access.AccessUnavailableException>(() =>
            PatientHost.StartAsync(gateway, folder: thief)
        );

        error.Message.ShouldContain("pepper");
    }

    private static (List<string> Ids, List<string> Values) Read(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM keys";
        using var reader = command.ExecuteReader();
        var (ids, values) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        while (reader.Read())
        {
            ids.Add(reader.GetString(reader.GetOrdinal("id")));
            for (var i = 0; i < reader.FieldCount; i++)
            {
                switch (reader.GetValue(i))
                {
                    case byte[] bytes:
                        values.Add(Convert.ToHexStringLower(bytes));
                        values.Add(Convert.ToHexString(bytes));
                        values.Add(Convert.ToBase64String(bytes));
                        values.Add(System.Buffers.Text.Base64Url.EncodeToString(bytes));
                        break;
                    case { } value when value is not DBNull:
                        values.Add(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!);
                        break;
                    default:
                        break;
                }
            }
        }

        return (ids, [.. values.Where(value => value.Length is > 0 and < 100)]);
    }

    // Cut or filled to the length of a secret.
    private static string Secret(string value) => value.PadRight(43, '0')[..43];

    private static async Task<HttpStatusCode> TryAsync(GatewayHost host, string key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, "v1/models"));
        if (!AuthenticationHeaderValue.TryParse("Bearer " + key, out var header))
        {
            return HttpStatusCode.Unauthorized;
        }

        request.Headers.Authorization = header;
        using var response = await http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
