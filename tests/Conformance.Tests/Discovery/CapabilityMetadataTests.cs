using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Discovery;

/// <summary>What the document says of algorithms and subjects is what registers, and nothing else does.</summary>
public sealed class CapabilityMetadataTests(DeploymentServers servers) : IClassFixture<DeploymentServers>
{
    /// <summary>A key for each algorithm there is.</summary>
    private static readonly string Keys = string.Join(
        ',', new[] { "rsa", "ec", "p384", "p521", "ed25519", "ed448", "x25519" }.Select(name => $"{{{SampleKeys.Named(name)}}}"));

    [Theory]
    [InlineData("subject_types_supported", "subject_type")]
    [InlineData("id_token_signing_alg_values_supported", "id_token_signed_response_alg")]
    [InlineData("id_token_encryption_alg_values_supported", "id_token_encrypted_response_alg")]
    [InlineData("userinfo_signing_alg_values_supported", "userinfo_signed_response_alg")]
    [InlineData("userinfo_encryption_alg_values_supported", "userinfo_encrypted_response_alg")]
    [InlineData("request_object_signing_alg_values_supported", "request_object_signing_alg")]
    [InlineData("request_object_encryption_alg_values_supported", "request_object_encryption_alg")]
    [InlineData("introspection_signing_alg_values_supported", "introspection_signed_response_alg")]
    [InlineData("authorization_signing_alg_values_supported", "authorization_signed_response_alg")]
    [Requirement("8414-2-04")]
    [Requirement("OIDR-2-22")]
    [Requirement("OIDR-2-16")]
    public async Task Advertises_exactly_what_registers(string list, string member)
    {
        var (full, plain) = (await servers.OfAsync("full"), await servers.OfAsync("compat"));
        var advertised = (await DocumentAsync(full)).Json.Strings(list);

        Assert.NotEmpty(advertised);
        foreach (var value in advertised)
        {
            var client = await full.RegisteredAsync(Bodies.With($"\"jwks\":{{\"keys\":[{Keys}]}},\"{member}\":\"{value}\""));
            Assert.Equal(value, client.GetProperty(member).GetString());
            var elsewhere = await plain.RegisterAsync(Bodies.With($"\"jwks\":{{\"keys\":[{Keys}]}},\"{member}\":\"{value}\""));
            Assert.True(elsewhere.Status == HttpStatusCode.BadRequest || !elsewhere.Json.TryGetProperty(member, out _), elsewhere.Body);
        }

        await full.RefusedAsync("invalid_client_metadata", Bodies.With($"\"{member}\":\"XX999\""));
        Assert.False((await DocumentAsync(plain)).Json.TryGetProperty(list, out _));
    }

    private static Task<Answer> DocumentAsync(RunningServer server) => server.SendAsync(HttpMethod.Get, MetadataTests.Path, null);
}
