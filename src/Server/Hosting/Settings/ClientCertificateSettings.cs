using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Reads which TLS client certificates authenticate administrators and authorization servers.</summary>
internal static class ClientCertificateSettings
{
    private const string RootsKey = $"{ClientCertificateOptions.Section}:{nameof(ClientCertificateOptions.TrustedRoots)}";
    private const string PemFile = "the path of a PEM file with one or more root certificates";

    private static readonly string[] SettingNames =
        [nameof(ClientCertificateOptions.TrustedRoots), nameof(ClientCertificateOptions.RevocationMode)];

    /// <summary>The listeners whose callers have roles.</summary>
    private static readonly Listener[] Listeners = [Listener.Internal, Listener.Admin];

    /// <returns><see langword="null"/> if certificates authenticate nobody.</returns>
    public static CertificateTrust? Read(SettingsReader reader, ListenerSettings listeners)
    {
        var names = reader.Sources.NamesIn(ClientCertificateOptions.Section).ToList();
        if (names.Count == 0)
        {
            return null;
        }

        var options = reader.Read<ClientCertificateOptions>(ClientCertificateOptions.Section);
        var holders = names.Except(SettingNames, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
            .Select(name => ReadOne(reader, name)).ToList();
        if (holders.Count == 0)
        {
            reader.Add(
                ClientCertificateOptions.Section, "",
                "a name of your choice below it, with Subject, SanDns or SanUri, and Roles, for each certificate");
        }

        RequireApart(reader, holders);
        RequireListener(reader, listeners);
        return new CertificateTrust(RootsIn(reader, options.TrustedRoots), options.RevocationMode, holders);
    }

    /// <summary>Whether a listener asks its callers for certificates. Without TLS nobody can show one.</summary>
    public static bool Asks(ClientCertificateMode? mode) =>
        mode is ClientCertificateMode.AllowCertificate or ClientCertificateMode.RequireCertificate;

    private static CertificateHolder ReadOne(SettingsReader reader, string name)
    {
        var section = $"{ClientCertificateOptions.Section}:{name}";
        var options = reader.Read<CertificateHolderOptions>(section);
        TokenSettings.CheckName(reader, section, name);
        var (certified, text) = NameOf(reader, section, options);
        return new CertificateHolder(name, certified, text, TokenSettings.RolesOf(reader, section, options.Roles));
    }

    private static (CertifiedName Certified, string Text) NameOf(SettingsReader reader, string section, CertificateHolderOptions options)
    {
        var given = new[]
        {
            (Name: nameof(options.Subject), Value: options.Subject),
            (Name: nameof(options.SanDns), Value: options.SanDns),
            (Name: nameof(options.SanUri), Value: options.SanUri),
        }.Where(one => one.Value.Length > 0).ToList();
        if (given is not [var (key, text)])
        {
            reader.Add(
                section, string.Join(" and ", given.Select(one => one.Name)),
                $"one of {nameof(options.Subject)}, {nameof(options.SanDns)} and {nameof(options.SanUri)}");
            return (Nobody(section), "");
        }

        var (certified, allowed) = key switch
        {
            nameof(options.Subject) => (
                CertifiedName.OfSubject(text),
                "a distinguished name such as CN=ops,O=Example, with values that have special characters in double quotes"),
            nameof(options.SanDns) => (
                HostSyntax.IsName(text) ? CertifiedName.OfDns(text) : null, "a DNS name without wildcard, such as as.example"),
            nameof(options.SanUri) => (
                Uri.IsWellFormedUriString(text, UriKind.Absolute) && UriSyntax.CharacterFault(text) is null
                    ? CertifiedName.OfUri(text)
                    : null,
                "an absolute URI such as spiffe://example/as"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (certified is null)
        {
            reader.Add($"{section}:{key}", text, allowed);
        }

        return (certified ?? Nobody(section), text);
    }

    /// <summary>Only for a configuration that is refused.</summary>
    private static CertifiedName Nobody(string section) => CertifiedName.OfUri(section);

    private static void RequireApart(SettingsReader reader, List<CertificateHolder> holders)
    {
        foreach (var same in holders.GroupBy(holder => holder.Certified).Where(same => same.Count() > 1))
        {
            var (first, second) = (same.First(), same.Skip(1).First());
            reader.Add(
                $"{ClientCertificateOptions.Section}:{second.Name}:{second.Certified.Kind}", second.Text,
                $"another name than that of {ClientCertificateOptions.Section}:{first.Name}");
        }
    }

    private static void RequireListener(SettingsReader reader, ListenerSettings listeners)
    {
        var asking = Listeners.Where(
            listener => Asks(reader.Read<ListenerOptions>(ListenerSettings.SectionOf(listener)).ClientCertificateMode)).ToList();
        foreach (var listener in asking.Where(listener => listeners.Urls[listener].Scheme != Uri.UriSchemeHttps))
        {
            reader.Add(
                $"{ListenerSettings.SectionOf(listener)}:Url", listeners.Urls[listener].GetLeftPart(UriPartial.Authority),
                "https, because its callers are asked for certificates");
        }

        if (asking.Count == 0)
        {
            var keys = Listeners.Select(
                listener => $"{ListenerSettings.SectionOf(listener)}:{nameof(ListenerOptions.ClientCertificateMode)}");
            reader.Add(
                ClientCertificateOptions.Section, "",
                $"AllowCertificate or RequireCertificate for {string.Join(" or ", keys)}; otherwise nobody is asked for a certificate");
        }
    }

    private static X509Certificate2Collection RootsIn(SettingsReader reader, string path)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            if (path.Length > 0)
            {
                roots.ImportFromPemFile(path);
            }

            if (!roots.Any(IsRoot))
            {
                reader.Add(RootsKey, path, PemFile);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException
            or NotSupportedException)
        {
            reader.Add(RootsKey, path, $"{PemFile} ({e.Message.TrimEnd('.')})");
        }

        return roots;
    }

    private static bool IsRoot(X509Certificate2 certificate) =>
        certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
