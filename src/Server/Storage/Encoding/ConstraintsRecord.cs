using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>Constraints to and from their stored message. An absent list allows everything, an empty one nothing.</summary>
internal static class ConstraintsRecord
{
    public static void Write(RecordWriter record, RegistrationConstraints constraints)
    {
        record.Message(StoredConstraints.ScopesFieldNumber, constraints.Scopes, WriteList);
        record.Message(StoredConstraints.GrantTypesFieldNumber, constraints.GrantTypes, WriteList);
        record.Message(StoredConstraints.RedirectHostsFieldNumber, constraints.RedirectHosts, WriteList);
        record.Text(StoredConstraints.SoftwareIdFieldNumber, constraints.SoftwareId);
        record.Number(StoredConstraints.AutomaticApprovalFieldNumber, constraints.AutomaticApproval ? 1 : 0);
        record.Text(StoredConstraints.OwnerFieldNumber, constraints.Owner);
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

    private static void WriteList(RecordWriter record, IReadOnlyList<string> values) =>
        record.Texts(StoredList.ValuesFieldNumber, values);

    private static string[]? ToModel(StoredList? stored) => stored is null ? null : [.. stored.Values];
}
