using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Files of the program that somebody has edited.</summary>
public sealed class ConfigurationFileTests
{
    private const string Secret = "secret-of-the-tests";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(
        """{"contexts":{"a":{"address":"http://127.0.0.1:1","tokn":"secret-of-the-tests"}}}""",
        "line 1: contexts.a.tokn is not known; allowed are address, allow_plain_http, token, login.")]
    [InlineData("{\n\"curent\":\"a\"}", "line 2: curent is not known; allowed are current, contexts.")]
    [InlineData(
        "{\n\"contexts\":{\n\"a\":{\"token\":\"secret-of-the-tests\"},\n\"b\":{}}}",
        "line 3: contexts.a has no address.", "line 4: contexts.b has no address.")]
    [InlineData(
        "{\"contexts\":{\"a\":{\n\"address\":7,\n\"allow_plain_http\":\"secret-of-the-tests\",\n\"token\":[\"secret-of-the-tests\"]}}}",
        "line 2: contexts.a.address must be a text.", "line 3: contexts.a.allow_plain_http must be true or false.",
        "line 4: contexts.a.token must be a text.")]
    [InlineData("""{"contexts":{"a":{"address":null}}}""", "line 1: contexts.a.address must be a text.")]
    [InlineData("{\"current\":\"a\",\n\"current\":\"a\"}", "line 2: current is there twice.")]
    [InlineData("""{"contexts":[]}""", "line 1: contexts must be an object.")]
    [InlineData("[]", "line 1: it must be an object.")]
    [InlineData("{\n\"contexts\":", "line 2: it is not JSON.")]
    [InlineData("", "line 1: it is not JSON.")]
    [InlineData("{}\n{}", "line 2: it is not JSON.")]
    [InlineData("""{"contexts":{"a":{"address":"http://dcr.example","token":"secret-of-the-tests"}}}""", "The address of context 'a' in ")]
    [InlineData(
        """
        {"contexts":{"a":{"address":"http://127.0.0.1:1","login":{"authority":"https://as","client_id":"c","token_endpoint":"http://as"}}}}
        """,
        "The token_endpoint of context 'a' in ", "only https is allowed")]
    [InlineData(
        """{"contexts":{"a":{"address":"http://127.0.0.1:1","login":{"expire_time":"tomorrow","token":"secret-of-the-tests"}}}}""",
        "line 1: contexts.a.login.expire_time must be a time",
        "contexts.a.login.token is not known; allowed are authority, token_endpoint,",
        "contexts.a.login has no authority.", "contexts.a.login has no token_endpoint.", "contexts.a.login has no client_id.")]
    public async Task Names_what_is_wrong_in_the_configuration_and_shows_no_token(string content, params string[] messages)
    {
        using var user = WithFile("config.json", content);

        var refused = (await user.RunAsync("clients", "list")).With(2);

        Assert.All(messages, message => Assert.Contains(message, refused.Errors, StringComparison.Ordinal));
        Assert.Contains(user.Configuration, refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"client_id":"c","registration_client_uri":"u","registration_access_token":"secret-of-the-tests","sever":"s"}]""",
        "line 1: [0].sever is not known; allowed are client_id, registration_client_uri, registration_access_token, server, client_name.")]
    [InlineData("""[{"client_id":"c","registration_access_token":"secret-of-the-tests"}]""", "[0] has no registration_client_uri.")]
    [InlineData("{}", "line 1: it must be a list.")]
    public async Task Names_what_is_wrong_in_the_registrations_and_shows_no_token(string content, string message)
    {
        using var user = WithFile("registrations.json", content);

        var refused = (await user.RunAsync("registrations")).With(2);

        Assert.Contains(message, refused.Errors, StringComparison.Ordinal);
        Assert.Contains("registrations.json", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Everything, StringComparison.Ordinal);
    }

    private static Workplace WithFile(string name, string content)
    {
        var user = new Workplace();
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(user.Configuration)!);
        var file = user.WithFile(Path.Combine("grpcdcr", name), content);
        File.SetUnixFileMode(file, OwnerOnly);
        return user;
    }
}
