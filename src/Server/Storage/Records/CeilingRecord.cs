using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Records;

/// <summary>A ceiling to and from its stored message. An absent list bounds nothing, an empty one allows nothing.</summary>
internal static class CeilingRecord
{
    public static StoredCeiling ToStored(Ceiling ceiling)
    {
        var stored = new StoredCeiling
        {
            Scopes = ToStored(ceiling.Scopes),
            GrantTypes = ToStored(ceiling.GrantTypes),
            RedirectHosts = ToStored(ceiling.RedirectHosts),
            AutomaticApproval = ceiling.AutomaticApproval,
        };
        if (ceiling.SoftwareId is { } software)
        {
            stored.SoftwareId = software;
        }

        if (ceiling.Owner is { } owner)
        {
            stored.Owner = owner;
        }

        return stored;
    }

    public static Ceiling ToModel(StoredCeiling stored) => new()
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
