using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Validation;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.Validation;

/// <summary>What registration makes of a JSON document, without a server around it.</summary>
/// <param name="Error">The OAuth error, or <c>ok</c>.</param>
/// <param name="Description">Why; empty when it is accepted.</param>
/// <param name="Registered">What would be registered; empty when it is refused.</param>
internal sealed record Registering(string Error, string Description, ClientMetadata Registered)
{
    /// <summary>The registered metadata as the members of the response.</summary>
    public JsonObject Members
    {
        get
        {
            var response = new ArrayBufferWriter<byte>();
            ClientInformationWriter.Write(response, new V1.ClientInformation(), Registered);
            return JsonNode.Parse(response.WrittenSpan)!.AsObject();
        }
    }

    public static Registering Document(string json, RegistrationPolicy policy)
    {
        try
        {
            var asked = OAuthDocumentReader.ReadRegistration(Encoding.UTF8.GetBytes(json), policy.ExtensionMembers);
            var result = MetadataRules.Validate(asked, policy);
            return result.IsAcceptable
                ? new Registering(RuleTables.Accepted, "", result.Registered)
                : Refused(new RegistrationFault.InvalidMetadata(result.Violations));
        }
        catch (RegistrationRefusedException refused)
        {
            return Refused(refused.Fault);
        }
    }

    private static Registering Refused(RegistrationFault fault) =>
        new(fault.OAuthError!, fault.Description, ClientMetadata.Empty);
}
