using System.Text.Json;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Mcp;

/// <summary>What clients in use send to register, as a whole. Each must get in, with its list of redirect URIs as it sent it.</summary>
public sealed class RealClientsTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string DefaultMethod = "client_secret_basic";
    private const string Public = "none";
    private const string Choices = "token_endpoint_auth_methods_supported";

    public static TheoryData<string, string, string, string, string> Clients => RuleTable.Rows("clients");

    [Theory]
    [MemberData(nameof(Clients))]
    [Requirement("MCP-0618-01")]
    [Requirement("MCP-INT-03")]
    public async Task Registers(string requirement, string deployment, string outcome, string document, string expected)
    {
        Assert.Equal((true, "compat", RuleTables.Accepted), (requirement.Length > 0, deployment, outcome));
        await RuleTable.CheckAsync(shared.Server, outcome, document, expected);

        var registered = await shared.Server.RegisteredAsync(document);

        var asked = JsonElement.Parse(document);
        Assert.Equal(asked.Strings("redirect_uris"), registered.Strings("redirect_uris"));
        Assert.Contains(registered.GetProperty("token_endpoint_auth_method").GetString(), MethodsOf(asked));
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Registers_through_grpc_as_well(
        string requirement, string deployment, string outcome, string document, string expected)
    {
        Assert.NotEmpty(requirement + deployment + outcome + expected);
        var asked = JsonElement.Parse(document);
        var metadata = new V1.ClientMetadata { RedirectUris = { asked.Strings("redirect_uris") } };
        if (asked.TryGetProperty(Choices, out _))
        {
            metadata.Choices[Choices] = new() { Values = { MethodsOf(asked) } };
        }
        else
        {
            metadata.TokenEndpointAuthMethod = Assert.Single(MethodsOf(asked));
        }

        var information = (await shared.Server.Registration().RegisterClientAsync(new() { Metadata = metadata })).ClientInformation;

        Assert.Equal(asked.Strings("redirect_uris"), information.Metadata.RedirectUris);
        Assert.Contains(information.Metadata.TokenEndpointAuthMethod, MethodsOf(asked));
        Assert.Equal(information.Metadata.TokenEndpointAuthMethod != Public, information.HasClientSecret);
    }

    /// <summary>The methods that a client can use: its choices, or the one that it asks for.</summary>
    private static IEnumerable<string> MethodsOf(JsonElement document) => document.TryGetProperty(Choices, out _)
        ? document.Strings(Choices)
        : [document.TryGetProperty("token_endpoint_auth_method", out var method) ? method.GetString()! : DefaultMethod];
}
