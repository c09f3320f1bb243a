using System.Net;
using System.Text;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.NativeApps;

/// <summary>
/// Every redirect URI of the table, as each kind of client registers it, under the default policy and under the strict one. The table
/// says for each: A accepted as it is, N accepted and registered as native, R refused.
/// </summary>
public sealed class RedirectUriCasesTests(RedirectUriCasesTests.Compatible compatible, RedirectUriCasesTests.Strict strict)
    : IClassFixture<RedirectUriCasesTests.Compatible>, IClassFixture<RedirectUriCasesTests.Strict>
{
    private const string Web = ""","application_type":"web" """;
    private const string Native = ""","application_type":"native" """;
    private const string Implicit = ""","grant_types":["implicit"],"response_types":["id_token"] """;

    /// <summary>The columns of the table in order: what clients of that column send besides their URIs.</summary>
    private static readonly string[][] Columns = [[Web, ""], [Web + Implicit, Implicit], [Native]];

    public static TheoryData<string, bool, string, string> Cases()
    {
        var cases = new TheoryData<string, bool, string, string>();
        foreach (var row in CaseFile.Read("redirect-uris"))
        {
            cases.Add(RuleTable.RequirementsAmong(row[0]), false, row[1], row[3]);
            cases.Add(RuleTable.RequirementsAmong(row[0]), true, row[2], row[3]);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Registers_the_list_unchanged_or_not_at_all(string requirement, bool isStrict, string expected, string uris)
    {
        var server = isStrict ? strict.Server : compatible.Server;
        var before = await server.CountClientsAsync();
        var accepted = 0;
        foreach (var (members, column) in Columns.SelectMany((all, i) => all.Select(members => (members, expected[i]))))
        {
            var body = $$"""{"redirect_uris":{{CaseFile.Expand(uris)}}{{members}}}""";
            if (column == 'R')
            {
                IsRefused(await server.RegisterAsync(body), body, requirement);
            }
            else
            {
                accepted++;
                IsRegistered(await server.RegisterAsync(body), uris, column == 'N' || members == Native ? "native" : "web");
            }
        }

        Assert.Equal(before + accepted, await server.CountClientsAsync());
    }

    private static void IsRefused(Answer answer, string body, string requirement)
    {
        if (Encoding.UTF8.GetByteCount(body) > 64 * 1024)
        {
            answer.IsRefusal("invalid_request", HttpStatusCode.RequestEntityTooLarge, requirement);
        }
        else
        {
            answer.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, $"{requirement} {body}");
            Assert.Contains("redirect_uris", answer.Description, StringComparison.Ordinal);
        }
    }

    private static void IsRegistered(Answer answer, string uris, string type)
    {
        var client = answer.IsRegistration().Json;
        var sent = System.Text.Json.JsonElement.Parse(CaseFile.Expand(uris));
        Assert.Equal(sent.EnumerateArray().Select(uri => uri.GetString()!), client.Strings("redirect_uris"));
        Assert.Equal(type, client.GetProperty("application_type").GetString());
    }

    /// <summary>Whatever it is about, the table is run with implicit on offer, so that its second column says something.</summary>
    public sealed class Compatible() : SharedServer(Offer, AndThat);

    public sealed class Strict() : SharedServer(Offer, AndThat, "Registration:Compatibility=false");

    private const string Offer = "Registration:GrantTypes=authorization_code implicit refresh_token";
    private const string AndThat = "Registration:ResponseTypes=code, id_token";
}
