using System.Buffers;
using System.Text.Json;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Fuzz.Tests.Oracles;

/// <summary>What holds for all metadata that the rules accept.</summary>
internal static class AcceptedClient
{
    private static readonly string[] SecretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <param name="registered">What was accepted.</param>
    /// <param name="policy">By this policy.</param>
    public static void Check(ClientMetadata registered, RegistrationPolicy policy)
    {
        var message = registered.ToMessage();
        CheckAgain(message, MetadataRules.Validate(registered, policy));
        CheckAgain(message, MetadataRules.Validate(message.ToModel(), policy));
        CheckAgain(message, MetadataRules.Validate(Answered(registered, policy), policy));
        CheckStored(registered, message);
        Assert.Empty(MemberDifference.Between(registered, registered));
        Assert.Empty(Widening.Of(registered, registered).Members);
        Assert.All(registered.RedirectUris, uri => RedirectUris.CheckAccepted(uri.Text));
        CheckKeys(registered.Jwks);
    }

    private static void CheckAgain(GrpcDcr.V1.ClientMetadata message, ValidationResult result)
    {
        Assert.Empty(result.Violations);
        Assert.Equal(message, result.Registered.ToMessage());
    }

    /// <summary>The document that the client is answered with, sent back by it, as RFC 7592 section 2.2 has updates.</summary>
    private static ClientMetadata Answered(ClientMetadata registered, RegistrationPolicy policy)
    {
        var answer = new GrpcDcr.V1.ClientInformation
        {
            ClientId = "x",
            ClientIdIssuedAt = 1,
            ClientStatus = "pending",
        };
        var document = new ArrayBufferWriter<byte>();
        ClientInformationWriter.Write(document, answer, registered);
        var read = OAuthDocumentReader.ReadRegistration(document.WrittenSpan, policy.ExtensionMembers);
        Assert.Empty(read.Unreadable);
        return read;
    }

    private static void CheckStored(ClientMetadata registered, GrpcDcr.V1.ClientMetadata message)
    {
        var client = Of(registered);
        var stored = ClientRecord.Decode(ClientRecord.Encode(client));
        Assert.Equal(message, stored.Metadata.ToMessage());
        Assert.Equal(message, stored.PendingUpdate!.Metadata.ToMessage());
        Transcoding.Write(stored.ToAdminClient(approvalsNeeded: 1));
        _ = stored.ToDirectoryClient(full: true);
    }

    private static RegisteredClient Of(ClientMetadata registered) => new()
    {
        Id = new ClientId(new Guid("01980000-0000-7000-8000-000000000001")),
        Version = 1,
        State = ClientState.Pending,
        Metadata = registered,
        PendingUpdate = new PendingUpdate(registered, DateTimeOffset.UnixEpoch),
        IssuedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        AdmittedBy = AdmissionNames.Open,
    };

    /// <summary>RFC 7591 section 2: the keys are public.</summary>
    private static void CheckKeys(JsonElement? jwks)
    {
        if (jwks is not { } set)
        {
            return;
        }

        foreach (var key in set.GetProperty("keys").EnumerateArray())
        {
            Assert.NotEqual("oct", key.GetProperty("kty").GetString());
            Assert.DoesNotContain(key.EnumerateObject(), member => SecretMembers.Contains(member.Name));
        }
    }
}
