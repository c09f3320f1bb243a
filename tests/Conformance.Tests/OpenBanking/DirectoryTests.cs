using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.OpenBanking;

/// <summary>What a bank takes from software of its directory, and what not.</summary>
public sealed class DirectoryTests(Bank bank) : IClassFixture<Bank>
{
    private const string Metadata = "invalid_client_metadata";
    private const string RedirectUri = "invalid_redirect_uri";
    private const string OtherKeys = "{\"jwks_uri\":\"https://tpp.example/jwks\"}";
    private const string OwnKeys = "{\"jwks_uri\":null,\"jwks\":{\"keys\":[]}}";
    private const string ForeignUri = "{\"redirect_uris\":[\"https://tpp.example/cb\",\"https://foreign.example/cb\"]}";
    private const string NoUri = "{\"redirect_uris\":null}";

    [Fact]
    [Requirement("BR-01")]
    [Requirement("BRDCR-05")]
    public async Task Asks_for_a_statement() =>
        (await RegisterAsync(Bank.Request(null))).IsRefusal("invalid_software_statement", HttpStatusCode.BadRequest, "none");

    [Fact]
    [Requirement("BR-01")]
    [Requirement("BRDCR-04")]
    public async Task Refuses_a_statement_that_the_directory_did_not_sign()
    {
        var statement = bank.Statement();
        var forged = statement[..(statement.LastIndexOf('.') + 1)] + new string('A', 342);

        (await RegisterAsync(Bank.Request(forged))).IsRefusal("invalid_software_statement", HttpStatusCode.BadRequest, "forged");
    }

    [Fact]
    [Requirement("BR-02")]
    public async Task Refuses_a_statement_that_is_older_than_five_minutes()
    {
        (await RegisterAsync(Bank.Request(bank.Statement(age: 299)))).IsRegistration();
        (await RegisterAsync(Bank.Request(bank.Statement(age: 301))))
            .IsRefusal("invalid_software_statement", HttpStatusCode.BadRequest, "old");
    }

    [Theory]
    [InlineData("BR-03", OtherKeys, Metadata)]
    [InlineData("BR-03", OwnKeys, Metadata)]
    [InlineData("BR-04", ForeignUri, RedirectUri)]
    [InlineData("BR-04", NoUri, RedirectUri)]
    [InlineData("BR-05", "{\"tls_client_auth_subject_dn\":null,\"tls_client_auth_san_dns\":\"tpp.example\"}", Metadata)]
    [InlineData("BR-05", "{\"tls_client_auth_subject_dn\":null,\"tls_client_auth_san_uri\":\"https://tpp.example/\"}", Metadata)]
    [InlineData("BR-08", "{\"scope\":\"openid accounts payments\"}", Metadata)]
    [InlineData("BRDCR-10", ForeignUri, RedirectUri)]
    [InlineData("BRDCR-10", NoUri, RedirectUri)]
    [InlineData("BRDCR-11", OtherKeys, Metadata)]
    [InlineData("BRDCR-11", OwnKeys, Metadata)]
    public async Task Refuses_to_register_what_the_statement_does_not_allow(string requirement, string changes, string error) =>
        (await RegisterAsync(Bank.Request(bank.Statement(), changes))).IsRefusal(error, HttpStatusCode.BadRequest, requirement);

    [Theory]
    [InlineData("BR-03", OtherKeys, Metadata)]
    [InlineData("BR-03", OwnKeys, Metadata)]
    [InlineData("BR-04", ForeignUri, RedirectUri)]
    [InlineData("BR-04", NoUri, RedirectUri)]
    [InlineData("BRDCR-08", OtherKeys, Metadata)]
    [InlineData("BRDCR-08", OwnKeys, Metadata)]
    [InlineData("BRDCR-09", ForeignUri, RedirectUri)]
    public async Task Refuses_to_update_to_it(string requirement, string changes, string error)
    {
        var statement = bank.Statement();
        var client = await RegisteredAsync(Bank.Request(statement));
        var before = (await client.ReadAsync()).IsRecord().Body;

        var body = Bank.Request(statement, changes[..^1] + $",\"client_id\":\"{client.ClientId}\"}}");
        (await client.PutAsync(body)).IsRefusal(error, HttpStatusCode.BadRequest, requirement);

        Assert.Equal(before, (await client.ReadAsync()).IsRecord().Body);
    }

    [Theory]
    [InlineData("{\"scope\":\"accounts openid\"}")]
    [InlineData("{\"scope\":\"openid\"}")]
    [InlineData("{\"grant_types\":[\"client_credentials\",\"authorization_code\"]}")]
    [Requirement("BR-08")]
    public async Task Registers_scopes_and_grants_in_any_order_and_none_that_was_not_asked_for(string changes)
    {
        var client = (await RegisterAsync(Bank.Request(bank.Statement(), changes))).IsRegistration();

        var asked = System.Text.Json.JsonElement.Parse(Bank.Request(null, changes));
        Assert.True(new HashSet<string>(asked.GetProperty("scope").GetString()!.Split(' ')).IsSupersetOf(client.Text("scope")!.Split(' ')));
        Assert.Contains("openid", client.Text("scope")!.Split(' '));
        Assert.Equal(
            asked.GetProperty("grant_types")
                .EnumerateArray()
                .Select(grant => grant.GetString())
                .Order(), client.Json.Strings("grant_types")
                .Order());
    }

    private Task<Answer> RegisterAsync(string body) => bank.Server.RegisterAsync(body);

    private async Task<OwnRecord> RegisteredAsync(string body) =>
        OwnRecord.Of(bank.Server, (await RegisterAsync(body)).IsRegistration().Json);
}
