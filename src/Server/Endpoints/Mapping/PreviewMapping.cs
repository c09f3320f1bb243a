using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Validation;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps previews and the differences between documents to messages.</summary>
internal static class PreviewMapping
{
    public static V1.RegistrationPreview ToMessage(this Registration.RegistrationPreview preview)
    {
        var message = new V1.RegistrationPreview
        {
            Acceptable = preview.Fault is null,
            Changes = { preview.Changes.Select(ToMessage) },
            Admission = AdmissionMapping.ToMessage(preview.Profile),
        };
        if (preview.Fault is { } fault)
        {
            message.Error = fault.OAuthError;
            message.Violations.AddRange(ViolationsOf(fault));
        }

        if (preview.Validated is { } validated)
        {
            message.Metadata = validated.Registered.ToMessage();
            message.FirstState = preview.Fault is null ? (ClientState)(int)validated.FirstState : ClientState.Unspecified;
        }

        return message;
    }

    public static MetadataChange ToMessage(this MemberDifference difference)
    {
        var message = new MetadataChange { Member = difference.Member };
        if (difference.Before is { } before)
        {
            message.Before = before;
        }

        if (difference.After is { } after)
        {
            message.After = after;
        }

        return message;
    }

    private static IEnumerable<MetadataViolation> ViolationsOf(RegistrationFault fault) =>
        fault is RegistrationFault.InvalidMetadata invalid
            ? invalid.Violations.Select(v => new MetadataViolation { Field = v.Path, Description = v.Description })
            : [new MetadataViolation { Description = fault.Description }];
}
