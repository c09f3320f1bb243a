using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>The body of a registration, from its octets to the validation result (RFC 7591 section 3.1).</summary>
internal sealed class RegistrationTarget : IFuzzTarget
{
    /// <summary>Where redirect URIs may lead, and who may have which name.</summary>
    private static readonly RegistrationPolicy Bounded = Policies.Of(options =>
    {
        options.ReservedClientNames = "Claude = claude.ai localhost; Client = client.example; My Bank =";
        options.RedirectHosts = "client.example *.client.example claude.ai localhost 127.0.0.1 cursor:";
        options.DeniedRedirectHosts = "evil.client.example";
    });

    private static readonly RegistrationPolicy[] AllPolicies = [Policies.Compat, Policies.Full, Policies.Picky, Bounded];

    public string Name => "registrations";

    public IReadOnlyList<byte[]> Seeds => SampleDocuments.Registrations;

    public IMutation Mutation { get; } = new JsonMutation(new Vocabulary(SampleDocuments.Registrations));

    public void Check(byte[] input)
    {
        foreach (var policy in AllPolicies)
        {
            Check(input, policy);
        }
    }

    private static void Check(byte[] input, RegistrationPolicy policy)
    {
        ClientMetadata asked;
        try
        {
            asked = OAuthDocumentReader.ReadRegistration(input, policy.ExtensionMembers);
        }
        catch (RegistrationRefusedException refused)
        {
            Refusals.Check(refused.Fault);
            return;
        }

        Assert.False(SentJson.HasDuplicates(input), "A member is there twice.");
        var result = MetadataRules.Validate(asked with { SoftwareStatement = null }, policy);
        if (!result.IsAcceptable)
        {
            Refusals.Check(result.Violations);
            return;
        }

        Assert.Equal(SentJson.Texts(input, CoreMembers.RedirectUris), result.Registered.RedirectUris.Select(uri => uri.Text));
        AcceptedClient.Check(result.Registered, policy);
    }
}
