using System.Net;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>Clients with few values, so that searches match some of them, and filters with the same values.</summary>
internal sealed class Population(Dice dice)
{
    private static readonly string[] Hosts = ["app.example", "other.example", "localhost", "com.example.app:"];
    private static readonly string[] Uris =
        ["https://app.example/cb", "https://OTHER.example:8443/cb", "http://127.0.0.1/cb", "com.example.app:/cb"];

    private static readonly string[] Names = ["Äpfel", "Birnen", "äpfel und birnen", "漢字", "x\u0000y"];
    private static readonly string[] Parts = ["ÄPFEL", "birnen", "UND", "漢", "\u0000Y", "n"];
    private static readonly string[] Software = ["software-1", "software-2"];
    private static readonly string[] Owners = ["team a", "team b"];
    private static readonly string[] Addresses = ["192.0.2.1", "192.0.2.77", "198.51.100.7", "2001:db8:1:2::1", "2001:db8:1:3::1"];
    private static readonly string[] Networks =
        ["192.0.2.1/32", "192.0.2.0/24", "192.0.0.0/16", "2001:db8:1:2::/64", "2001:db8::/32", "203.0.113.0/24"];

    private static readonly string[] Admissions =
        [AdmissionNames.Open, AdmissionNames.InitialAccessToken, AdmissionNames.SoftwareStatement, AdmissionNames.Administrator];

    private static readonly InitialAccessTokenId[] Tokens = [new(Sample.IdOf(1).Value), new(Sample.IdOf(2).Value)];

    /// <summary>A client with an identifier above all before, or the next version of one.</summary>
    public RegisteredClient Client(RegisteredClient? before = null) => Sample.Client(before?.Id ?? Sample.NewId()) with
    {
        Version = (before?.Version ?? 0) + 1,
        State = dice.Of(Enum.GetValues<ClientState>()),
        IssuedAt = before?.IssuedAt ?? Sample.Start.AddMinutes(dice.Below(50)),
        Metadata = Metadata(),
        PendingUpdate = dice.OneIn(3) ? new PendingUpdate(Metadata(), Sample.Start) : null,
        AdmittedBy = dice.Of(Admissions),
        InitialAccessTokenId = Maybe(Tokens),
        Constraints = dice.OneIn(2) ? new RegistrationConstraints { Owner = dice.Of(Owners) } : null,
        Annotations = dice.OneIn(2) ? ClientAnnotations.Of([new("team", dice.Of(Owners)), new("a", "")]) : ClientAnnotations.None,
        SourceAddress = dice.OneIn(9) ? null : dice.Of(Addresses),
    };

    /// <summary>A filter with a few of the fields.</summary>
    public ClientFilter Filter(IReadOnlyList<RegisteredClient> clients)
    {
        var filter = new ClientFilter(dice.OneIn(3) ? dice.Of(Enum.GetValues<ClientState>()) : null, dice.OneIn(6))
        {
            HasPendingUpdate = dice.OneIn(5) ? dice.OneIn(2) : null,
        };
        for (var i = dice.Below(3); i > 0; i--)
        {
            filter = WithOneMore(filter, clients);
        }

        return filter;
    }

    private ClientFilter WithOneMore(ClientFilter filter, IReadOnlyList<RegisteredClient> clients) => dice.Below(12) switch
    {
        0 => filter with { NamePrefix = dice.Of(Parts) },
        1 => filter with { NamePart = dice.Of(Parts) },
        2 => filter with { RedirectHost = dice.Of(Hosts) },
        3 => filter with { SoftwareId = dice.Of(Software) },
        4 => filter with { Owner = dice.Of(Owners) },
        5 => filter with { AdmittedBy = dice.Of(Admissions) },
        6 => filter with { InitialAccessTokenId = dice.Of(Tokens) },
        7 => filter with { SourceNetwork = IPNetwork.Parse(dice.Of(Networks)) },
        8 => filter with { IssuedFrom = Sample.Start.AddMinutes(dice.Below(50)), IssuedUntil = Sample.Start.AddMinutes(dice.Below(70)) },
        9 => filter with { Annotation = new("team", dice.OneIn(2) ? dice.Of(Owners) : null) },
        10 => filter with { Annotation = new("a", dice.OneIn(2) ? "" : "team a") },
        _ => filter with { Ids = ClientIdRange.StartingWith(dice.Of(clients).Id.ToString()[..(8 + dice.Below(29))])!.Value },
    };

    private ClientMetadata Metadata()
    {
        var metadata = new ClientMetadata
        {
            RedirectUris = [.. Enumerable.Range(0, dice.Below(3)).Select(_ => (RedirectUri)dice.Of(Uris))],
            ClientName = dice.OneIn(4) ? null : dice.Of(Names),
            Localized = new Dictionary<string, string> { ["client_name#de"] = dice.Of(Names), ["client_uri#de"] = "https://birnen.test" },
        };
        return dice.OneIn(2) ? metadata.With(CoreMembers.SoftwareId, dice.Of(Software)) : metadata;
    }

    private T? Maybe<T>(T[] values)
        where T : struct => dice.OneIn(2) ? dice.Of(values) : null;
}
