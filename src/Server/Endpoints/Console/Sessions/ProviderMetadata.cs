using GrpcDcr.Server.Syntax;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace GrpcDcr.Server.Endpoints.Console.Sessions;

/// <summary>The metadata of the provider, which must name the issuer of the configuration.</summary>
internal sealed class ProviderMetadata(IConfigurationManager<OpenIdConnectConfiguration> fetched, OpenIdProvider provider)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    /// <exception cref="InvalidOperationException">
    /// The metadata was not to be had, or names another issuer: one issuer could speak for another then (RFC 8414 section 3.3).
    /// </exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        var metadata = await fetched.GetConfigurationAsync(cancel);
        return metadata.Issuer?.TrimEnd('/') == provider.Authority.TrimEnd('/')
            ? metadata
            : throw new InvalidOperationException($"The metadata names the issuer {Excerpt.Of(metadata.Issuer)}.");
    }

    public void RequestRefresh() => fetched.RequestRefresh();
}
