using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Registration.Rules;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Wire.Mapping;

/// <summary>Previews, and the differences between documents, as the wire shows them.</summary>
internal static class PreviewMapping
{
    public static V1.RegistrationPreview ToWire(this Registration.RegistrationPreview preview)
    {
        var wire = new V1.RegistrationPreview
        {
            Acceptable = preview.Fault is null,
            Changes = { preview.Changes.Select(ToWire) },
            Profile = preview.Profile,
        };
        if (preview.Fault is { } fault)
        {
            wire.Error = FaultTable.RowOf(fault).Reason;
            wire.Violations.AddRange(ViolationsOf(fault));
        }

        if (preview.Judged is { } judged)
        {
            wire.Metadata = judged.Registered.ToWire();
            wire.FirstState = preview.Fault is null ? (ClientState)(int)judged.FirstState : ClientState.Unspecified;
        }

        return wire;
    }

    public static MetadataChange ToWire(this MemberDifference difference)
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
