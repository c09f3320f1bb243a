using System.Collections;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.Encoding;

/// <summary>Every member comes back from the stored bytes, and what is absent stays absent.</summary>
public sealed class RecordTests
{
    private static readonly RegisteredClient Full = Completed(Sample.Client(Sample.IdOf(1), version: 3));

    /// <summary>Clients, each with something else absent.</summary>
    public static TheoryData<string> Absences { get; } = new(Without.Keys);

    private static Dictionary<string, RegisteredClient> Without => new()
    {
        ["nothing"] = Full,
        ["a pending update"] = Full with { PendingUpdate = null },
        ["what a pending update may lack"] = Full with { PendingUpdate = new(ClientMetadata.Empty, Sample.Start) },
        ["a state before a suspension"] = Full with { SuspendedFrom = null },
        ["a public reason"] = Full with { PublicReason = null },
        ["a secret"] = Full with { Secret = null },
        ["a sealed secret"] = Full with { Secret = Full.Secret! with { Sealed = null } },
        ["an end of the secret"] = Full with { Secret = Full.Secret! with { ExpiresAt = null } },
        ["a secret before"] = Full with { Secret = Full.Secret! with { Previous = null } },
        ["a sealed secret before"] = Full with { Secret = Full.Secret! with { Previous = new(SecretHash.Of("before"), Sample.Start) } },
        ["an end of the secret before"] = Full with
        {
            Secret = Full.Secret! with
            {
                Previous = new(
            SecretHash.Of("before"), null, new byte[3])
            }
        },
        ["bytes in the sealed secret"] = Full with { Secret = Full.Secret! with { Sealed = ReadOnlyMemory<byte>.Empty } },
        ["an access token"] = Full with { RegistrationAccessToken = null },
        ["an access token before"] = Full with { RegistrationAccessToken = new(SecretHash.Of("token")) },
        ["an end of the access token before"] = Full with
        {
            RegistrationAccessToken = Full.RegistrationAccessToken! with { PreviousUntil = null },
        },
        ["a token that admitted it"] = Full with { InitialAccessTokenId = null },
        ["constraints"] = Full with { Constraints = null },
        ["bounds in the constraints"] = Full with { Constraints = new RegistrationConstraints() },
        ["values in the bounds"] = Full with
        {
            Constraints = new RegistrationConstraints
            {
                Scopes = [],
                GrantTypes = [],
                RedirectHosts = [],
                SoftwareId = "",
                Owner = "",
            }
        },
        ["a bound of scopes"] = Full with { Constraints = Full.Constraints! with { Scopes = null } },
        ["a bound of grants"] = Full with { Constraints = Full.Constraints! with { GrantTypes = null } },
        ["a bound of hosts"] = Full with { Constraints = Full.Constraints! with { RedirectHosts = null } },
        ["automatic approval"] = Full with { Constraints = Full.Constraints! with { AutomaticApproval = false } },
        ["annotations"] = Full with { Annotations = ClientAnnotations.None },
        ["an issuer of a statement"] = Full with { SoftwareStatementIssuer = null },
        ["anything optional"] = new()
        {
            Id = Full.Id,
            Version = 1,
            State = ClientState.Active,
            Metadata = ClientMetadata.Empty,
            IssuedAt = Sample.Start,
            UpdatedAt = Sample.Start,
            AdmittedBy = AdmissionNames.Open,
        },
    };

    [Theory]
    [MemberData(nameof(Absences))]
    public void A_client_comes_back_as_it_was_without(string absent) =>
        Assert.Equal(Text(Without[absent]), Text(ClientRecord.Decode(ClientRecord.Encode(Without[absent]))));

    [Fact]
    public void A_token_comes_back_as_it_was()
    {
        var full = Sample.NewInitialAccessToken(maxUses: 5) with
        {
            Uses = 3,
            LastUsedAt = Sample.Start.AddHours(1),
            RevokedAt = Sample.Start.AddHours(2),
        };
        var bare = new InitialAccessToken
        {
            Id = full.Id,
            Hash = full.Hash,
            IssuedAt = Sample.Start,
            Constraints = new RegistrationConstraints(),
        };

        Assert.Empty(Absent(full));
        foreach (var token in new[] { full, bare, full with { MaxUses = 0, Label = "" } })
        {
            Assert.Equal(Text(token), Text(InitialAccessTokenRecord.Decode(InitialAccessTokenRecord.Encode(token))));
        }
    }

    [Fact]
    public void The_switch_comes_back_as_it_was()
    {
        foreach (
            var state in new RegistrationStatus[] { RegistrationStatus.Enabled, new(true), new(true, "", Sample.Start), new(false, "why") })
        {
            Assert.Equal(state, RegistrationStatusRecord.Decode(RegistrationStatusRecord.Encode(state)));
        }
    }

    /// <summary>The tests above prove nothing about a member that the sample does not have.</summary>
    [Fact]
    public void The_sample_has_every_member() => Assert.Empty(Absent(Full));

    [Fact]
    public void A_client_keeps_one_secret_before_its_own()
    {
        var third = Full.Secret! with { Previous = Full.Secret };

        Assert.Throws<ArgumentException>(() => ClientRecord.Encode(Full with { Secret = third }));
    }

    [Fact]
    public void A_token_without_constraints_is_refused()
    {
        var bytes = InitialAccessTokenRecord.Encode(Sample.NewInitialAccessToken() with { Constraints = new RegistrationConstraints() });

        // Empty constraints is the last field: a tag and a length of 0.
        Refused(() => InitialAccessTokenRecord.Decode(bytes.AsSpan(..^2)));
    }

    [Fact]
    public void Whatever_the_bytes_are_they_are_read_or_refused()
    {
        var dice = new Dice(7);
        foreach (var record in new[]
        {
            ClientRecord.Encode(Full),
            InitialAccessTokenRecord.Encode(Sample.NewInitialAccessToken(3)),
            RegistrationStatusRecord.Encode(new(true, "why")),
        })
        {
            for (var trial = 0; trial < 3000; trial++)
            {
                var bytes = dice.OneIn(2) ? record[..(1 + dice.Below(record.Length))] : [.. record];
                bytes[dice.Below(bytes.Length)] = (byte)dice.Next();
                ReadOrRefused(() => ClientRecord.Decode(bytes));
                ReadOrRefused(() => InitialAccessTokenRecord.Decode(bytes));
                ReadOrRefused(() => RegistrationStatusRecord.Decode(bytes));
            }
        }
    }

    private static RegisteredClient Completed(RegisteredClient client) => client with
    {
        Metadata = Completed(client.Metadata),
        PendingUpdate = client.PendingUpdate! with { Metadata = Completed(client.PendingUpdate.Metadata) },
    };

    /// <summary>Every row of the table, whichever a client of the samples has not.</summary>
    private static ClientMetadata Completed(ClientMetadata metadata) =>
        MetadataMembers.All.Where(member => !metadata.States(member)).Aggregate(
        metadata, (document, member) => document.With(member, member.Kind switch
        {
            MemberKind.Text => $"{member}",
            MemberKind.Texts => new[] { "one", "two" },
            MemberKind.Flag => true,
            MemberKind.Number => (object)7L,
            _ => JsonElement.Parse("{}"),
        }));

    private static void Refused(Action read) => Assert.Equal(StorageFailure.Corrupt, Assert.Throws<StorageException>(read).Failure);

    private static void ReadOrRefused(Action read)
    {
        if (Record.Exception(read) is { } e)
        {
            Assert.Equal(StorageFailure.Corrupt, Assert.IsType<StorageException>(e).Failure);
        }
    }

    /// <summary>All of its members, by the compiler's list of them and not by the records'.</summary>
    private static string Text<T>(T value) => JsonSerializer.Serialize(value, WithMetadata);

    private static readonly JsonSerializerOptions WithMetadata = new() { Converters = { new MetadataConverter() } };

    private sealed class MetadataConverter : System.Text.Json.Serialization.JsonConverter<ClientMetadata>
    {
        public override ClientMetadata Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ClientMetadata value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Named().ToDictionary(member => member.Key, member => MemberJson.ToJson(member.Value)));
    }

    /// <summary>
    /// The names of members that are absent or empty, but for those that a secret before cannot have, and those of requests alone.
    /// </summary>
    private static IEnumerable<string> Absent(object value, string path = "") => value.GetType().GetProperties()
        .Where(p => p.GetMethod is { IsStatic: false } && p.GetIndexParameters().Length == 0 && path + p.Name != "Secret.Previous.Previous"
            && !(value is ClientMetadata && p.Name is nameof(ClientMetadata.Choices) or nameof(ClientMetadata.Unreadable)))
        .SelectMany(p => p.GetValue(value) switch
        {
            null or "" or false or 0 => [path + p.Name],
            string or JsonElement => [],
            IEnumerable list => list.Cast<object>().Any() ? [] : [path + p.Name],
            { } inner when inner.GetType().Namespace == typeof(RegistrationConstraints).Namespace
                && inner is not Enum => Absent(inner, path + p.Name + "."),
            _ => [],
        });
}
