using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>Which genuine statements may register, and how much.</summary>
public sealed class ApprovalTests
{
    [Theory, Trait("Requirement", "SS-20"), Trait("Requirement", "UK-04")]
    [InlineData("", "", true)]
    [InlineData("product-7", "", true)]
    [InlineData("product-8 product-7", "product-9", true)]
    [InlineData("product-8", "", false)]
    [InlineData("PRODUCT-7", "", false)]
    [InlineData("", "product-7", false)]
    [InlineData("product-7", "product-7", false)]
    public async Task Software_is_approved_by_lists(string allowed, string denied, bool isApproved)
    {
        var verdict = await new Verifying(issuer => (issuer.AllowedSoftware, issuer.DeniedSoftware) = (allowed, denied))
            .VerdictOfAsync(Verifying.Statement());
        Assert.IsType(isApproved ? typeof(SoftwareStatementVerdict.Verified) : typeof(SoftwareStatementVerdict.Unapproved), verdict);
    }

    [Theory, Trait("Requirement", "SS-20")]
    [InlineData("\"client_name\":\"A\"")]
    [InlineData("\"software_id\":\"\"")]
    [InlineData("\"software_id\":7")]
    [InlineData("\"software_id\":null,\"client_name\":\"A\"")]
    public async Task A_statement_that_names_no_software_is_on_no_list(string claims)
    {
        var statement = SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", $$"""{"iss":"https://issuer.example",{{claims}}}""");
        Assert.IsType<SoftwareStatementVerdict.Unapproved>(
            await new Verifying(issuer => issuer.AllowedSoftware = "7").VerdictOfAsync(statement));
        Assert.Null((await new Verifying(issuer => issuer.DeniedSoftware = "7").VerifyAsync(statement)).Constraints.SoftwareId);
    }

    [Fact, Trait("Requirement", "SS-20")]
    public async Task What_is_not_genuine_is_never_called_unapproved()
    {
        var verifying = new Verifying(issuer => issuer.DeniedSoftware = "product-7");
        await verifying.RefusesAsync(SigningKey.OtherRsa.Jwt("""{"alg":"RS256"}""", Verifying.Minimum + "}"), "no valid signature");
        await verifying.RefusesAsync(Verifying.Statement(",\"exp\":1"), "expired");
    }

    [Fact]
    public async Task A_client_stays_within_the_ceiling_of_the_issuer()
    {
        var constraints = (await new Verifying(issuer =>
        {
            issuer.Scopes = "email profile";
            issuer.GrantTypes = "authorization_code device_code";
            issuer.RedirectHosts = "*.app.example";
            issuer.AutomaticApproval = true;
            issuer.Owner = "The directory";
        }).VerifyAsync(Verifying.Statement())).Constraints;
        Assert.Equal(["email", "profile"], constraints.Scopes);
        Assert.Equal(["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"], constraints.GrantTypes);
        Assert.Equal(["*.app.example"], constraints.RedirectHosts);
        Assert.Equal(("product-7", true, "The directory"), (constraints.SoftwareId, constraints.AutomaticApproval, constraints.Owner));
    }

    [Fact]
    public async Task An_issuer_without_bounds_sets_none()
    {
        var constraints = (await new Verifying().VerifyAsync(Verifying.Statement())).Constraints;
        Assert.Equal(
            (null, null, null, false, null),
            (constraints.Scopes, constraints.GrantTypes, constraints.RedirectHosts, constraints.AutomaticApproval, constraints.Owner));
    }

    [Fact, Trait("Requirement", "SS-14")]
    public async Task Reads_the_statement_of_a_registered_client_after_it_expired()
    {
        var verifying = new Verifying(issuer => issuer.OneUse = true);
        var text = Verifying.Statement($",\"jti\":\"1\",\"exp\":{verifying.Now + 60},\"client_name\":\"A\"");
        var verified = await verifying.VerifyAsync(text);
        verifying.Time.Advance(TimeSpan.FromDays(1));
        var read = Assert.IsType<SoftwareStatementVerdict.Verified>(await verifying.VerifyRegisteredAsync(text)).Statement;
        Assert.Equal((text, "A", null, false), (read.Text, read.Claims.Values.ClientName, read.Use, read.IsCurrent));
        Assert.Equal((verified.Issuer, verified.Constraints, verified.Terms), (read.Issuer, read.Constraints, read.Terms));
        Assert.Equal(verified.Claims.Members, read.Claims.Members);
        Assert.Null(await new Verifying(issuer => issuer.Issuer = "https://other.example").VerifyRegisteredAsync(text));
    }

    [Theory]
    [InlineData(false, 0, true)]
    [InlineData(false, 120, false)]
    [InlineData(true, 0, false)]
    public async Task The_statement_of_a_registered_client_is_current_while_it_could_register_another(
        bool oneUse, int seconds, bool current)
    {
        var verifying = new Verifying(issuer => issuer.OneUse = oneUse);
        var text = Verifying.Statement($",\"jti\":\"1\",\"exp\":{verifying.Now + 60}");
        verifying.Time.Advance(TimeSpan.FromSeconds(seconds));
        var verdict = await verifying.VerifyRegisteredAsync(text);
        Assert.Equal(current, Assert.IsType<SoftwareStatementVerdict.Verified>(verdict).Statement.IsCurrent);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(86_400)]
    public async Task The_statement_of_a_registered_client_is_unapproved_once_its_software_is_denied(int seconds)
    {
        var verifying = new Verifying(issuer => issuer.DeniedSoftware = "product-7");
        var text = Verifying.Statement($",\"exp\":{verifying.Now + 60}");
        verifying.Time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.IsType<SoftwareStatementVerdict.Unapproved>(await verifying.VerifyRegisteredAsync(text));
    }

    [Fact]
    public void Without_issuers_there_are_no_statements()
    {
        var none = new SoftwareStatementVerifier(
            [], new SoftwareStatementOptions(), [], Verifying.OwnMembers, new Verifying(), TimeProvider.System, new Verifying());
        Assert.False(none.HasIssuers);
    }
}
