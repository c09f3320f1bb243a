using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Loads the certificates of listeners before Kestrel does, which would stop with a stack trace.</summary>
internal static class CertificateSettings
{
    public static void Check(SettingsReader reader, string section, CertificateOptions options)
    {
        if (options.Path.Length > 0 && options.Subject.Length > 0)
        {
            reader.Add($"{section}:{nameof(options.Subject)}", options.Subject, $"one of {section}:Path and {section}:Subject");
        }
        else if (options.Path.Length > 0)
        {
            CheckFiles(reader, section, options);
        }
        else if (options.KeyPath.Length > 0)
        {
            reader.Add($"{section}:{nameof(options.KeyPath)}", options.KeyPath, $"a key for the certificate in {section}:Path");
        }
        else if (options.Subject.Length > 0)
        {
            CheckStore(reader, section, options);
        }
    }

    private static void CheckFiles(SettingsReader reader, string section, CertificateOptions options)
    {
        var (path, keyPath) = (Path.GetFullPath(options.Path, AppContext.BaseDirectory), FullKeyPath(options));
        if (UnreadableFile.ReasonOf(path) is { } reason)
        {
            reader.Add($"{section}:{nameof(options.Path)}", options.Path, $"a file that can be read; {reason}");
        }
        else if (keyPath is not null && UnreadableFile.ReasonOf(keyPath) is { } keyReason)
        {
            reader.Add($"{section}:{nameof(options.KeyPath)}", options.KeyPath, $"a file that can be read; {keyReason}");
        }
        else if (keyPath is null && !HasKey(() => X509CertificateLoader.LoadPkcs12FromFile(path, options.Password)))
        {
            reader.Add(
                $"{section}:{nameof(options.Path)}", options.Path,
                "a PKCS #12 file with a certificate, its key and the right Password, or a PEM certificate with its key in KeyPath");
        }
        else if (keyPath is not null && !IsLoaded(() => X509CertificateLoader.LoadCertificateFromFile(path), _ => true))
        {
            reader.Add($"{section}:{nameof(options.Path)}", options.Path, "a PEM or DER file with a certificate");
        }
        else if (keyPath is not null && !HasKey(() => LoadPair(path, keyPath, options.Password)))
        {
            reader.Add(
                $"{section}:{nameof(options.KeyPath)}", options.KeyPath,
                $"a PEM file with the key of the certificate in {section}:Path, with the right Password if it is encrypted");
        }
    }

    private static void CheckStore(SettingsReader reader, string section, CertificateOptions options)
    {
        var named = options.Location.Length > 0 ? options.Location : nameof(StoreLocation.CurrentUser);
        if (SettingValue.Parse(typeof(StoreLocation), named) is not StoreLocation location)
        {
            reader.Add($"{section}:{nameof(options.Location)}", options.Location, SettingValue.Allowed(typeof(StoreLocation)));
            return;
        }

        if (!HasKey(() =>
        {
            using var store = new X509Store(options.Store.Length > 0 ? options.Store : nameof(StoreName.My), location);
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            return store.Certificates.Find(X509FindType.FindBySubjectName, options.Subject, !options.AllowInvalid)
                .FirstOrDefault(certificate => certificate.HasPrivateKey);
        }))
        {
            reader.Add(
                $"{section}:{nameof(options.Subject)}", options.Subject,
                "the subject of a valid certificate with a key in the certificate store");
        }
    }

    private static string? FullKeyPath(CertificateOptions options) =>
        options.KeyPath.Length == 0 ? null : Path.GetFullPath(options.KeyPath, AppContext.BaseDirectory);

    private static X509Certificate2 LoadPair(string path, string keyPath, string password)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        var (pem, key) = (certificate.ExportCertificatePem(), File.ReadAllText(keyPath));
        return password.Length == 0
            ? X509Certificate2.CreateFromPem(pem, key)
            : X509Certificate2.CreateFromEncryptedPem(pem, key, password);
    }

    private static bool HasKey(Func<X509Certificate2?> load) => IsLoaded(load, certificate => certificate.HasPrivateKey);

    private static bool IsLoaded(Func<X509Certificate2?> load, Func<X509Certificate2, bool> isGood)
    {
        try
        {
            using var certificate = load();
            return certificate is not null && isGood(certificate);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
