using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A constraints to and from its stored message. An absent list bounds nothing, an empty one allows nothing.</summary>
internal static class ConstraintsRecord
{
    public static StoredCeiling ToStored(RegistrationConstraints constraints)
    {
        var stored = new StoredCeiling
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

    public static RegistrationConstraints ToModel(StoredCeiling stored) => new()
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
