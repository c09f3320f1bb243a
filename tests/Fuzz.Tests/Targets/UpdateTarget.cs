using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Management;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>The body of an update, and what it widens of a client that was approved (RFC 7592 section 2.2).</summary>
internal sealed class UpdateTarget : IFuzzTarget
{
    private static readonly string[] Forbidden =
        ["registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"];

    private static readonly RegistrationPolicy Policy = Policies.Full;

    private static readonly ClientMetadata Approved = MetadataRules.Validate(
        new ClientMetadata
        {
            RedirectUris = ["https://client.example/cb", "http://127.0.0.1/cb", "com.example.app:/cb"],
            ClientName = "Client",
            Scope = "email",
        },
        Policy).Registered;

    private static readonly string[] ApprovedHosts = ["client.example", "127.0.0.1", "localhost", "[::1]"];

    public UpdateTarget()
    {
        Seeds =
        [
            .. SampleDocuments.Registrations.Select(document => Inserted(document, "\"client_id\": \"x\"")),
            .. Forbidden.Select(member => Inserted("{}"u8.ToArray(), $"\"{member}\": null")),
            Inserted("{}"u8.ToArray(), "\"client_id\": \"x\", \"client_secret\": \"y\", \"client_status\": \"active\""),
        ];
        Mutation = new JsonMutation(new Vocabulary(Seeds));
    }

    public string Name => "updates";

    public IReadOnlyList<byte[]> Seeds { get; }

    public IMutation Mutation { get; }

    public void Check(byte[] input)
    {
        UpdateRequest update;
        ClientMetadata asked;
        try
        {
            update = OAuthDocumentReader.ReadUpdate(input, Policy.ExtensionMembers);
            asked = update.Metadata;
            if (asked.Unreadable.Count > 0)
            {
                Refusals.Check(asked.Unreadable);
                return;
            }
        }
        catch (RegistrationRefusedException refused)
        {
            Refusals.Check(refused.Fault);
            return;
        }

        Assert.False(SentJson.HasDuplicates(input), "A member is there twice.");
        Assert.All(Forbidden, member => Assert.False(SentJson.Has(input, member), member));
        Assert.Equal(SentJson.Text(input, MemberNames.ClientId), update.ClientId ?? "");
        Assert.Equal(SentJson.Text(input, MemberNames.ClientSecret), update.ClientSecret?.Reveal() ?? "");
        var result = MetadataRules.Validate(asked with { SoftwareStatement = null }, Policy);
        if (!result.IsAcceptable)
        {
            Refusals.Check(result.Violations);
            return;
        }

        AcceptedClient.Check(result.Registered, Policy);
        CheckWidening(result.Registered);
    }

    /// <summary>The effective metadata while an update is pending holds nothing that was not approved.</summary>
    private static void CheckWidening(ClientMetadata next)
    {
        var (members, inForce) = Widening.Of(Approved, next);
        Assert.Subset(next.RedirectUris.ToHashSet(), inForce.RedirectUris.ToHashSet());
        Assert.All(inForce.RedirectUris, uri => Assert.True(LeadsToApproved(uri.Text), uri.Text));
        Assert.Subset(Approved.GrantTypes.ToHashSet(), inForce.GrantTypes.ToHashSet());
        Assert.True(inForce.Scope is null or "email");
        Assert.Equal(Approved.ClientName, inForce.ClientName);
        Assert.Equal(members.Count > 0, MemberDifference.Between(inForce, next).Count > 0);
        Assert.Empty(Widening.Of(Approved, inForce).Members);
    }

    private static bool LeadsToApproved(string uri) => RedirectUris.IsHttp(uri)
        ? ApprovedHosts.Contains(new Uri(uri).Host)
        : uri.StartsWith("com.example.app:", StringComparison.OrdinalIgnoreCase);

    private static byte[] Inserted(byte[] document, string members)
    {
        var text = Encoding.UTF8.GetString(document);
        return text.StartsWith('{')
            ? Encoding.UTF8.GetBytes($"{{{members}{(text.AsSpan(1).TrimStart().StartsWith('}') ? "" : ",")}{text[1..]}")
            : document;
    }
}
