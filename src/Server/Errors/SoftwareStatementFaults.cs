using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Errors;

/// <summary>What can be wrong with the software statement of a document (RFC 7591 section 3.2.2).</summary>
internal static class SoftwareStatementFaults
{
    public static RegistrationFault Replayed { get; } = Invalid("software_statement was used before; its issuer allows only one use.");

    public static RegistrationFault Missing { get; } =
        Invalid("software_statement is missing; a statement of a trusted issuer is required.");

    public static RegistrationFault OtherIssuer { get; } =
        Invalid("software_statement is not from the issuer of the statement that this client registered with.");

    /// <summary>When keys of an issuer that could not be read are worth another try.</summary>
    public static TimeSpan KeysAgain { get; } = TimeSpan.FromSeconds(10);

    public static RegistrationFault Invalid(string description) =>
        new RegistrationFault.InvalidMetadata([new Violation(CoreMembers.SoftwareStatement, description)]);
}
