using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>The kinds of names in a certificate (RFC 5280 sections 4.1.2.6 and 4.2.1.6).</summary>
internal enum CertifiedNameKind
{
    /// <summary>The whole distinguished name of the subject.</summary>
    Subject,

    /// <summary>A <c>dNSName</c> among the alternative names.</summary>
    SanDns,

    /// <summary>A <c>uniformResourceIdentifier</c> among the alternative names.</summary>
    SanUri,
}

/// <summary>A name in a certificate. Equal names are the same name, whatever their encoding.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Value">The name in the form that is compared.</param>
internal sealed partial record CertifiedName(CertifiedNameKind Kind, string Value)
{
    private const string AlternativeNames = "2.5.29.17";

    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>DNS names have no case.</summary>
    public static CertifiedName OfDns(string name) => new(CertifiedNameKind.SanDns, name.ToLowerInvariant());

    public static CertifiedName OfUri(string uri) => new(CertifiedNameKind.SanUri, uri);

    /// <summary>
    /// A subject by its attributes, whose values may be encoded in several ways and have several texts. <see langword="null"/> if it has
    /// none, several in one place, or one that is not text.
    /// </summary>
    public static CertifiedName? OfSubject(X500DistinguishedName subject)
    {
        var attributes = new List<string>();
        foreach (var part in subject.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements || part.GetSingleElementValue() is not { } value)
            {
                return null;
            }

            attributes.Add($"{part.GetSingleElementType().Value}={value.Length}:{value}");
        }

        return attributes.Count == 0 ? null : new CertifiedName(CertifiedNameKind.Subject, string.Join(',', attributes));
    }

    /// <summary>A subject as a text such as <c>CN=ops,O=Example</c>, the most specific attribute first.</summary>
    /// <returns><see langword="null"/> if the text is not a distinguished name.</returns>
    public static CertifiedName? OfSubject(string text)
    {
        if (SeveralInOnePlace().IsMatch(text))
        {
            // .NET would read the plus as a part of the value, so that no certificate would match.
            return null;
        }

        try
        {
            return OfSubject(new X500DistinguishedName(text));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Every name in a certificate; none if it cannot be read.</summary>
    public static IReadOnlyList<CertifiedName> AllIn(X509Certificate2 certificate)
    {
        try
        {
            var alternatives = certificate.Extensions.Where(extension => extension.Oid?.Value == AlternativeNames)
                .SelectMany(extension => AlternativesIn(extension.RawData));
            return [.. OfSubject(certificate.SubjectName) is { } subject ? [subject] : (CertifiedName[])[], .. alternatives];
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return [];
        }
    }

    private static List<CertifiedName> AlternativesIn(byte[] extension)
    {
        var (names, found) = (new AsnReader(extension, AsnEncodingRules.DER).ReadSequence(), new List<CertifiedName>());
        while (names.HasData)
        {
            var tag = names.PeekTag();
            if (tag == DnsName)
            {
                found.Add(OfDns(names.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
            }
            else if (tag == UriName)
            {
                found.Add(OfUri(names.ReadCharacterString(UniversalTagNumber.IA5String, tag)));
            }
            else
            {
                names.ReadEncodedValue();
            }
        }

        return found;
    }

    /// <summary>A plus outside of double quotes.</summary>
    [GeneratedRegex("""\A(?:[^"+]|"[^"]*")*\+""", RegexOptions.NonBacktracking)]
    private static partial Regex SeveralInOnePlace();
}
