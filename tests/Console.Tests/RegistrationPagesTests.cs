using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.Server.Policy;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>Registration is closed and opened, and the policies in effect are shown.</summary>
public sealed class RegistrationPagesTests
{
    private const string Status = "/console/registration";

    [Fact]
    public async Task Registration_is_closed_and_opened_after_a_confirmation()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        Assert.Contains("New clients may register", (await visitor.GetAsync(Status)).Visible(), StringComparison.Ordinal);

        var closed = await visitor.SubmitAsync(Status + "/close", Status + "/close", ("reason", "incident <7>"));
        Assert.Equal((HttpStatusCode.SeeOther, Status), (closed.Status, closed.Headers.Location!.OriginalString));
        var page = await visitor.GetAsync(Status);
        Assert.Contains("Registration is closed.", page.Visible(), StringComparison.Ordinal);
        Assert.Contains("New clients are refused", page.Visible(), StringComparison.Ordinal);
        Assert.Contains("incident <7>", page.Visible(), StringComparison.Ordinal);
        Assert.DoesNotContain("/registration/close", page.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.RegisterAsync(Bodies.Smallest)).Status);

        await visitor.SubmitAsync(Status + "/open", Status + "/open", ("reason", "over"));
        Assert.Equal(HttpStatusCode.Created, (await server.RegisterAsync(Bodies.Smallest)).Status);
        var events = (await server.AdminAsync(HttpMethod.Get, "audit-events?actor=admin&order=OLDEST_FIRST")).Json.GetProperty("events");
        Assert.Equal(
            [("REGISTRATION_CLOSED", "incident <7>"), ("REGISTRATION_OPENED", "over")],
            events.EnumerateArray().Select(each => (each.GetProperty("type").GetString(), each.GetProperty("reason").GetString())));

        var refused = await visitor.SubmitAsync(Status + "/close", Status + "/close", ("reason", new string('x', 1001)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("id=\"reason-problem\"", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_configuration_disables_registration_the_page_says_so()
    {
        await using var server = await ConsoleServer.StartAsync("ENABLE_DYNAMIC_CLIENT_REGISTRATION=false");
        using var visitor = await Visitor.SignedInAsync(server);
        var page = (await visitor.GetAsync(Status)).Visible();
        Assert.Contains("New clients are refused", page, StringComparison.Ordinal);
        Assert.Contains("ENABLE_DYNAMIC_CLIENT_REGISTRATION is false", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_setting_of_the_policy_is_shown_with_the_profiles_that_differ_and_no_secret()
    {
        const string Key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
        await using var server = await ConsoleServer.StartAsync(
            "Registration:Profiles:Anonymous:AllowedScopes=openid", "Registration:Profiles:Anonymous:DefaultScope=openid",
            "Registration:MaxContacts=3", "Registration:SecretLifetime=90.00:00:00", "Capabilities:SubjectTypes=pairwise",
            $"Registration:SecretSealingKey={Key}");
        using var visitor = await Visitor.SignedInAsync(server);
        var page = await visitor.GetAsync(Status);
        var shown = Regex.Matches(page.Body, "<th scope=\"row\"[^>]*>([^<]*)</th>").Select(row => row.Groups[1].Value).ToHashSet();
        foreach (var setting in typeof(RegistrationOptions).GetProperties())
        {
            var isSecret = setting.GetCustomAttribute<SecretSettingAttribute>() is not null;
            Assert.Equal(!isSecret, shown.Contains(setting.Name));
        }

        Assert.DoesNotContain(Key, page.Body, StringComparison.Ordinal);
        var text = page.Visible();
        Assert.Contains(
            "AllowedScopes email profile openid offline_access openid as the server as the server", text, StringComparison.Ordinal);
        Assert.Contains("MaxContacts 3 as the server", text, StringComparison.Ordinal);
        Assert.Contains("SecretLifetime 90.00:00:00", text, StringComparison.Ordinal);
        Assert.Contains("SubjectTypes pairwise", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_and_tokens_are_those_of_the_configuration()
    {
        await using var server = await ConsoleServer.StartAsync(
            "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=7", "RateLimit:Global=77", "UnapprovedClients:MaxPerNetwork=11",
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=initial-access-token-of-the-tests");
        using var visitor = await Visitor.SignedInAsync(server);
        var page = (await visitor.GetAsync(Status)).Visible();
        Assert.Contains("7 from one address, 77 from all", page, StringComparison.Ordinal);
        Assert.Contains("11 from one network", page, StringComparison.Ordinal);
        Assert.Contains("Initial access token required", page, StringComparison.Ordinal);
        Assert.DoesNotContain("initial-access-token-of-the-tests", page, StringComparison.Ordinal);
    }
}
