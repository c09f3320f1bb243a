using System.Text;
using System.Text.Json;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// The parts of a software statement: a JWT in the compact form of RFC 7515 section 7.1. It is read before its signature is verified, so
/// nothing in it is trusted.
/// </summary>
internal sealed class CompactJws
{
    private const int Parts = 3;

    private CompactJws(JsonElement header, JsonElement claims, byte[] signed, byte[] signature) =>
        (Header, Claims, Signed, Signature) = (header, claims, signed, signature);

    public JsonElement Header { get; }

    public JsonElement Claims { get; }

    /// <summary>The signed octets, as received (RFC 7515 section 5.2).</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    /// <param name="text">The statement.</param>
    /// <param name="longest">The maximum length in octets.</param>
    /// <param name="problem">Why it is not a statement.</param>
    public static CompactJws? Read(string text, int longest, out string problem)
    {
        if (text.Length > longest)
        {
            problem = $"software_statement is {text.Length} octets long; at most {longest} are allowed.";
            return null;
        }

        var parts = text.Split('.', Parts + 1);
        if (parts.Length != Parts
            || Decode(parts[0]) is not { } header
            || Decode(parts[1]) is not { } claims
            || Decode(parts[2]) is not { } signature)
        {
            problem = "software_statement is not a signed JWT in compact form: three parts in base64url without padding, with a dot "
                + "between them (RFC 7515 section 7.1).";
            return null;
        }

        if (StrictJson.ReadObject(header) is not { } headerMembers || StrictJson.ReadObject(claims) is not { } claimMembers)
        {
            problem = "software_statement has a header or claims that are not one JSON object in UTF-8 without duplicate members "
                + "(RFC 7519 section 7.2).";
            return null;
        }

        problem = "";
        return new CompactJws(headerMembers, claimMembers, Encoding.ASCII.GetBytes(text[..text.LastIndexOf('.')]), signature);
    }

    private static byte[]? Decode(string part) => part.Length > 0 ? StrictBase64.Url(part) : null;
}
