using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using GrpcDcr.Admin.V1;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Fuzz.Tests.Oracles;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using Microsoft.Extensions.Primitives;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>What callers present before anything else is known of them: Authorization headers, tokens, identifiers, page tokens.</summary>
internal sealed partial class CredentialTarget : IFuzzTarget
{
    /// <summary>Bytes of an identifier.</summary>
    private const int PageKeyLength = 16;

    private static readonly string[] Texts =
    [
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AZgAAAAAcACAAAAAAAAAAQ",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AZgAAAAAcACAAAAAAAAAAR",
        "Bearer abc", "bearer  abc==", "Bearer", "Bearer a b", "Basic YTpi", "Bearer a=b", "Bearer =", "BEARER\ta", " Bearer a ",
        "01980000-0000-7000-8000-000000000001", "{01980000-0000-7000-8000-000000000001}", "01980000-0000-7000-8000-00000000000A",
        "AZgAAAAAcACAAAAAAAAAAQ",
        new PageToken(new byte[PageKeyLength]).ToPageToken(new ListClientsRequest()),
    ];

    public string Name => "credentials";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. Texts.Select(Encoding.UTF8.GetBytes)];

    public IMutation Mutation { get; } = new TextMutation(new Vocabulary(Texts.Select(Encoding.UTF8.GetBytes)));

    public void Check(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        CheckBearer(text);
        CheckBearer($"Bearer {text}");
        CheckToken(text);
        CheckIdentifier(text);
        CheckPage(text);
    }

    private static void CheckBearer(string header)
    {
        var (token, problem) = BearerCredential.Of(header);
        var bearer = Bearer().Match(header);
        Assert.Equal(bearer.Success ? bearer.Groups[1].Value : null, token?.Reveal());
        if (problem is not null)
        {
            Assert.Null(token);
            Refusals.CheckSentence(problem);
        }

        Assert.Null(BearerCredential.Of(new StringValues([header, header])).Value);
    }

    /// <summary>What is read as a token of this service is the text that this service makes, and no other spelling of it.</summary>
    private static void CheckToken(string text)
    {
        if (LookupToken.TryRead(text, out var token))
        {
            Assert.Equal(66, text.Length);
            Assert.EndsWith($".{Base64Url.EncodeToString(token.RecordId.ToByteArray(bigEndian: true))}", text, StringComparison.Ordinal);
            Assert.True(token.Hash.Matches(text));
        }
    }

    private static void CheckIdentifier(string text)
    {
        if (ClientId.TryParse(text, out var id))
        {
            Assert.Equal(text, id.ToString());
            Assert.Equal(id, ClientId.FromBytes(id.ToBytes()));
        }
    }

    private static void CheckPage(string text)
    {
        try
        {
            var request = new ListClientsRequest { PageToken = text };
            Assert.Equal(text, request.ToPageRequest(PageKeyLength).Token.ToPageToken(request));
        }
        catch (RegistrationRefusedException refused)
        {
            Refusals.CheckSentence(refused.Fault.Description);
        }
    }

    /// <summary>RFC 6750 section 2.1, with white space around it as header fields may have.</summary>
    [GeneratedRegex(@"^\s*(?i:Bearer) +\s*([A-Za-z0-9\-._~+/]+=*)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Bearer();
}
