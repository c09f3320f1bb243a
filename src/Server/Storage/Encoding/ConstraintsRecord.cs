using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>Constraints to and from their stored message. An absent list allows everything, an empty one nothing.</summary>
internal static class ConstraintsRecord
{
    public static StoredConstraints ToStored(RegistrationConstraints constraints)
    {
        var stored = new StoredConstraints
        {
            Scopes = ToStored(constraints.Scopes),
            GrantTypes = ToStored(constraints.GrantTypes),
            RedirectHosts = ToStored(constraints.RedirectHosts),
            AutomaticApproval = constraints.AutomaticApproval,
        };
        if (constraints.SoftwareId is { } software)
        {
            stored.SoftwareId = software;
        }

        if (constraints.Owner is { } owner)
        {
            stored.Owner = owner;
        }

        return stored;
    }

    public static RegistrationConstraints ToModel(StoredConstraints stored) => new()
    {
        Scopes = ToModel(stored.Scopes),
        GrantTypes = ToModel(stored.GrantTypes),
        RedirectHosts = ToModel(stored.RedirectHosts),
        SoftwareId = stored.HasSoftwareId ? stored.SoftwareId : null,
        AutomaticApproval = stored.AutomaticApproval,
        Owner = stored.HasOwner ? stored.Owner : null,
    };

    private static StoredList? ToStored(IReadOnlyList<string>? values) => values is null ? null : new StoredList { Values = { values } };

    private static string[]? ToModel(StoredList? stored) => stored is null ? null : [.. stored.Values];
}
