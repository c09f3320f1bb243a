using GrpcDcr.Server.Policy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>A listener: configuration section <c>Kestrel:Endpoints:NAME</c>, which Kestrel reads too.</summary>
internal sealed class ListenerOptions
{
    /// <summary>Scheme, address of this machine and port, such as <c>http://127.0.0.1:8080</c> or <c>https://0.0.0.0:8443</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>
    /// The versions of HTTP: <c>Http1</c>, <c>Http2</c> or <c>Http1AndHttp2</c>. Default: both over TLS, and HTTP/1.1 without TLS; HTTP/2
    /// only on <c>Internal</c>.
    /// </summary>
    public HttpProtocols? Protocols { get; set; }

    /// <summary>Whether clients present a certificate in the TLS handshake. Default: no.</summary>
    public ClientCertificateMode? ClientCertificateMode { get; set; }

    /// <summary>
    /// How many connections may be open; further ones are closed at once, so that the callers of one listener leave room for those of the
    /// others. Read at the start. Default: 10000 on <c>Public</c>, no limit on the others.
    /// </summary>
    public int? MaxConnections { get; set; }
}

/// <summary>
/// The certificate of a listener: configuration section <c>Kestrel:Endpoints:NAME:Certificate</c>, or <c>Kestrel:Certificates:Default</c>
/// for all https listeners without their own. Kestrel reads these sections too, and reloads files that change.
/// </summary>
internal sealed class CertificateOptions
{
    public const string Default = "Kestrel:Certificates:Default";

    /// <summary>Path of a PEM file with the certificate and its chain, or of a PKCS #12 file. Default: none.</summary>
    public string Path { get; set; } = "";

    /// <summary>Path of a PEM file with the private key. Default: none; a PKCS #12 file contains the key.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>The password of the key or of the PKCS #12 file. Default: none.</summary>
    [SecretSetting]
    public string Password { get; set; } = "";

    /// <summary>The subject name of a certificate in a certificate store of the machine, used instead of a file. Default: none.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The certificate store, such as <c>My</c>. Default: none.</summary>
    public string Store { get; set; } = "";

    /// <summary>The location of the certificate store: <c>CurrentUser</c> or <c>LocalMachine</c>. Default: <c>CurrentUser</c>.</summary>
    public string Location { get; set; } = "";

    /// <summary>Whether a certificate from a store may be invalid. Default: false.</summary>
    public bool AllowInvalid { get; set; }
}
