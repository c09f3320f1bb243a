using System.Text;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.Model;

/// <summary><c>docs/metadata-members.md</c> is written from the member table: run with <c>REWRITE_DOCS=1</c> to write it anew.</summary>
public sealed class MemberDocumentationTests
{
    private static readonly string File = Path.Combine(Repository.Root, "docs/metadata-members.md");

    [Fact]
    public void Is_what_the_table_says()
    {
        if (Environment.GetEnvironmentVariable("REWRITE_DOCS") == "1")
        {
            System.IO.File.WriteAllText(File, Text());
        }

        Assert.Equal(Text(), System.IO.File.ReadAllText(File));
    }

    private static string Text()
    {
        var text = new StringBuilder(
            """
            # Metadata members

            All members of client metadata that the service knows. This page is written from the table in `src/Server/Model`:
            `REWRITE_DOCS=1 dotnet run --project tests/Server.Tests -- --filter-class '*MemberDocumentationTests'` renews it.

            - **Supported** says what of the authorization server a member is about. Without it the member is *ignored*, as any unknown
              member, or *refused*, because the client would not get the protection that it asks for. *Narrowed* lists lose their
              unsupported values.
            - **Default** is what is registered where the client does not say.
            - **After approval** says what a change of the member by the client itself means once an administrator approved the client:
              *harmless* changes hold at once; the others wait for approval where a value is *added*, *removed* or *changed*. A key pair
              is *stronger* than a shared secret, and that is stronger than none; another value of the same strength waits.
            - A member with **choices** has one value, but a client may list all that it supports in the member of that name (OpenID
              Connect RP Metadata Choices 1.0). The value that is registered is the one that the client names if it is supported, else
              the first supported one of the list.
            - A member with a `#` may carry a language tag (RFC 7591 section 2.2).

            | Member | Type | Defined in | Choices | Supported | Default | After approval |
            |---|---|---|---|---|---|---|

            """);
        foreach (var member in MetadataMembers.All)
        {
            text.Append(
                $"| `{member}`{(member.IsLocalizable ? " #" : "")} | {TypeOf(member.Kind)} | {member.Reference} ")
                .Append($"| {(member.Choices is null ? "" : $"`{member.Choices}`")} | {Support(member)} ")
                .Append($"| {DefaultOf(member.Default)} | {Meaning(member)} |\n");
        }

        return text.ToString();
    }

    private static string TypeOf(MemberKind kind) => kind switch
    {
        MemberKind.Text => "string",
        MemberKind.Texts => "strings",
        MemberKind.Flag => "boolean",
        MemberKind.Number => "integer",
        MemberKind.Json => "object",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Support(MetadataMember member)
    {
        var needs = member.Capability switch
        {
            Capability.Always => "always",
            Capability.ListedValues => $"by its values (`{member.Published}`)",
            Capability.Feature => $"feature `{member.Feature}`",
            Capability.PairwiseSubjects => "subject type `pairwise`",
            Capability.ClientAssertions => "methods with assertions",
            Capability.ClientCertificates => "method `tls_client_auth`",
            Capability.Backchannel => "CIBA delivery modes",
            Capability.BackchannelUserCode => "CIBA user codes",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return member.Unsupported switch
        {
            Unsupported.Ignore when member.Capability == Capability.Always => needs,
            Unsupported.Refuse when member.Capability == Capability.Always => $"{needs}, other values refused",
            Unsupported.Ignore => $"{needs}, else ignored",
            Unsupported.Refuse => $"{needs}, else refused",
            Unsupported.Narrow => $"{needs}, narrowed",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static string DefaultOf(MemberDefault value) => value switch
    {
        MemberDefault.None => "",
        MemberDefault.Computed => "from request and policy",
        MemberDefault.FirstSupported => "first supported",
        MemberDefault.SigningAlgorithm => "RS256, else first supported with a key pair",
        MemberDefault.ContentEncryption => "A128CBC-HS256 beside its algorithm",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static string Meaning(MetadataMember member) => member.OnUpdate switch
    {
        OnUpdate.Harmless => "harmless",
        OnUpdate.WidensIfAdded when member.Parts == MemberParts.Targets => "waits if another scheme, host or port is added",
        OnUpdate.WidensIfAdded when member.Parts == MemberParts.Pages => "waits if on a scheme, host or port that is not approved",
        OnUpdate.WidensIfAdded => "waits if added",
        OnUpdate.WidensIfRemoved => "waits if removed",
        OnUpdate.WidensIfChanged => "waits if changed",
        OnUpdate.WidensIfWeaker => "waits unless stronger",
        OnUpdate.WidensIfGreater => "waits if greater or removed",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
