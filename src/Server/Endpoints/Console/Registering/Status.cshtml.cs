using GrpcDcr.Server.Admission;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Console.Registering;

/// <summary>Whether new clients may register, and what they may register.</summary>
[StandsFor("RegistrationControl/GetRegistrationStatus")]
internal sealed class StatusModel(
    IRegistrationStore store, AdmissionOptions admission, UnapprovedClientOptions unapproved, RegistrationPolicies policies) : ConsolePage
{
    public RegistrationStatus Status { get; private set; } = RegistrationStatus.Enabled;

    public AdmissionOptions Admission => admission;

    public UnapprovedClientOptions Unapproved => unapproved;

    /// <summary>The policy of the server and each profile, setting by setting.</summary>
    public IReadOnlyList<PolicyRow> Policies { get; } = PolicyRow.Of(policies);

    /// <summary>What the authorization server supports beyond RFC 6749.</summary>
    public IReadOnlyList<(string Setting, string Values)> Capabilities { get; } =
    [
        .. CapabilityList.All
            .Select(list => (list.Setting, string.Join(' ', policies.Server.Capabilities.Of(list.Member).InOrder)))
            .Where(list => list.Item2.Length > 0),
    ];

    public async Task OnGetAsync(CancellationToken cancellationToken) =>
        Status = await store.GetRegistrationStatusAsync(cancellationToken);
}

/// <summary>A setting of the server's policy and of its profiles.</summary>
/// <param name="Name">Its key in the section <c>Registration</c>.</param>
/// <param name="Server">Its value.</param>
/// <param name="Profiles">Its values without a credential, with an initial access token and with a software statement.</param>
internal sealed record PolicyRow(string Name, string Server, IReadOnlyList<string> Profiles)
{
    private const string LimitPrefix = "Max";

    public bool IsLimit => Name.StartsWith(LimitPrefix, StringComparison.Ordinal);

    public static IReadOnlyList<PolicyRow> Of(RegistrationPolicies policies)
    {
        var profiles = new[] { policies.Anonymous, policies.InitialAccessToken, policies.SoftwareStatement }
            .Select(profile => profile.Settings).ToList();
        return
        [
            .. policies.Server.Settings.Select((setting, i) =>
                new PolicyRow(setting.Name, setting.Value, [.. profiles.Select(profile => profile[i].Value)])),
        ];
    }
}
