using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Wire.Discovery;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>The client information response as the flat document of RFC 7591 section 3.2.1: all of the metadata beside the credentials.</summary>
internal sealed class ClientInformationJson(IPublicOrigin origin)
{
    /// <summary>Text stays readable; the document is served as JSON and never inside of HTML.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ArrayBufferWriter<byte> Write(IssuedClient issued)
    {
        var document = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(document, Readable);
        writer.WriteStartObject();
        WriteCredentials(writer, issued);
        WriteMetadata(writer, issued.Client.Metadata);
        writer.WriteEndObject();
        writer.Flush();
        return document;
    }

    private void WriteCredentials(Utf8JsonWriter writer, IssuedClient issued)
    {
        var client = issued.Client;
        var id = client.Id.ToString();
        writer.WriteString(MemberNames.ClientId, id);
        if (issued.Secret is { } secret)
        {
            writer.WriteString(MemberNames.ClientSecret, secret.Reveal());
        }

        writer.WriteNumber(MemberNames.ClientIdIssuedAt, client.IssuedAt.ToUnixTimeSeconds());
        if (client.Secret is { } kept)
        {
            writer.WriteNumber(MemberNames.ClientSecretExpiresAt, kept.ExpiresAt?.ToUnixTimeSeconds() ?? 0);
        }

        writer.WriteString(MemberNames.RegistrationAccessToken, issued.Token.Reveal());
        writer.WriteString(MemberNames.RegistrationClientUri, PublicPaths.ClientConfiguration(origin, id));
        writer.WriteString(MemberNames.ClientStatus, ClientStates.WireNameOf(client.State));
    }

    private static void WriteMetadata(Utf8JsonWriter writer, ClientMetadata metadata)
    {
        Write(writer, MemberNames.RedirectUris, metadata.RedirectUris);
        Write(writer, MemberNames.TokenEndpointAuthMethod, metadata.TokenEndpointAuthMethod);
        Write(writer, MemberNames.GrantTypes, metadata.GrantTypes);
        Write(writer, MemberNames.ResponseTypes, metadata.ResponseTypes);
        Write(writer, MemberNames.ClientName, metadata.ClientName);
        Write(writer, MemberNames.ClientUri, metadata.ClientUri);
        Write(writer, MemberNames.LogoUri, metadata.LogoUri);
        Write(writer, MemberNames.Scope, metadata.Scope);
        Write(writer, MemberNames.Contacts, metadata.Contacts);
        Write(writer, MemberNames.TosUri, metadata.TosUri);
        Write(writer, MemberNames.PolicyUri, metadata.PolicyUri);
        Write(writer, MemberNames.JwksUri, metadata.JwksUri);
        Write(writer, MemberNames.Jwks, metadata.Jwks);
        Write(writer, MemberNames.SoftwareId, metadata.SoftwareId);
        Write(writer, MemberNames.SoftwareVersion, metadata.SoftwareVersion);
        Write(writer, MemberNames.ApplicationType, metadata.ApplicationType);
        foreach (var (name, text) in metadata.Localized)
        {
            writer.WriteString(name, text);
        }

        Write(writer, MemberNames.SoftwareStatement, metadata.SoftwareStatement);
        foreach (var (name, value) in metadata.Extensions)
        {
            Write(writer, name, value);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++)
        {
            writer.WriteStringValue(texts[i]);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } present)
        {
            writer.WritePropertyName(name);
            present.WriteTo(writer);
        }
    }
}
