using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Validation;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Previews, and the differences between documents, as the wire shows them.</summary>
internal static class PreviewMapping
{
    public static V1.RegistrationPreview ToMessage(this Registration.RegistrationPreview preview)
    {
        var wire = new V1.RegistrationPreview
        {
            Acceptable = preview.Fault is null,
            Changes = { preview.Changes.Select(ToMessage) },
            Profile = preview.Profile,
        };
        if (preview.Fault is { } fault)
        {
            wire.Error = FaultTable.RowOf(fault).Reason;
            wire.Violations.AddRange(ViolationsOf(fault));
        }

        if (preview.Validated is { } validated)
        {
            wire.Metadata = validated.Registered.ToMessage();
            wire.FirstState = preview.Fault is null ? (ClientState)(int)validated.FirstState : ClientState.Unspecified;
        }

        return wire;
    }

    public static MetadataChange ToMessage(this MemberDifference difference)
    {
        var wire = new MetadataChange { Member = difference.Member };
        if (difference.Before is { } before)
        {
            wire.Before = before;
        }

        if (difference.After is { } after)
        {
            wire.After = after;
        }

        return wire;
    }

    private static IEnumerable<MetadataViolation> ViolationsOf(RegistrationFault fault) => fault is RegistrationFault.InvalidMetadata invalid
        ? invalid.Violations.Select(v => new MetadataViolation { Member = v.Member, Description = v.Description })
        : [new MetadataViolation { Description = fault.Description }];
}
