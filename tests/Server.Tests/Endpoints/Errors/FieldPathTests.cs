using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Tests.Endpoints.Errors;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("RegisterClient", "scope", "", "metadata.scope")]
    [InlineData("RegisterClient", "redirect_uris", "[1]", "metadata.redirect_uris[1]")]
    [InlineData("RegisterClient", "jwks", ".keys[0]", "metadata.jwks.keys[0]")]
    [InlineData("RegisterClient", "client_name#de", "", "metadata.localized[\"client_name#de\"]")]
    [InlineData("RegisterClient", "x_other", "", "metadata.extensions[\"x_other\"]")]
    [InlineData("RegisterClient", "", "", "metadata")]
    [InlineData("UpdateClient", "scope", "", "client.metadata.scope")]
    [InlineData("UpdateClient", "client_secret", "", "client.client_secret")]
    [InlineData("PreviewRegistration", "scope", "", "metadata.scope")]
    public void Leads_from_the_request_to_what_is_wrong(string method, string member, string inside, string path) =>
        Assert.Equal(path, FieldPath.Of(new Violation(member, "Wrong.", inside), $"/grpcdcr.v1.ClientRegistration/{method}"));
}
