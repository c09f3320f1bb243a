using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Errors;

/// <summary>Faults of the software statement in a document (RFC 7591 section 3.2.2).</summary>
internal static class SoftwareStatementFaults
{
    public static RegistrationFault Replayed { get; } = Invalid("software_statement was used before; its issuer allows only one use.");

    public static RegistrationFault Missing { get; } =
        Invalid("software_statement is missing; a statement of a trusted issuer is required.");

    public static RegistrationFault OtherIssuer { get; } =
        Invalid("software_statement is not from the issuer of the statement that this client registered with.");

    /// <summary>How long to wait before keys that were unavailable are requested again.</summary>
    public static TimeSpan KeysAgain { get; } = TimeSpan.FromSeconds(10);

    public static RegistrationFault Invalid(string description) =>
        new RegistrationFault.InvalidMetadata([new Violation(CoreMembers.SoftwareStatement, description)]);
}
