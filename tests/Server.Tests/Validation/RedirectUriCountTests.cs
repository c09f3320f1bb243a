using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>R-59: a list over the limit is refused for its length, and its entries are not looked at.</summary>
public sealed class RedirectUriCountTests
{
    [Theory]
    [InlineData("http://127.0.0.1/cb", ApplicationTypes.Web, true)]
    [InlineData("http://127.0.0.1/cb", ApplicationTypes.Web, false)]
    [InlineData("https://localhost/cb", ApplicationTypes.Native, false)]
    [InlineData("not a uri", ApplicationTypes.Web, true)]
    public void Refuses_too_many_redirect_uris_for_that_alone(string uri, string type, bool isCompatible)
    {
        var options = new RegistrationOptions { Compatibility = isCompatible };
        var asked = new ClientMetadata
        {
            RedirectUris = [.. Enumerable.Repeat(uri, options.MaxRedirectUris + 1)],
            ApplicationType = type,
        };
        var violation = Assert.Single(MetadataRules.Validate(asked, new RegistrationPolicy(options)).Violations);
        Assert.Equal("redirect_uris has 33 entries; at most 32 are allowed.", violation.Description);
    }
}
