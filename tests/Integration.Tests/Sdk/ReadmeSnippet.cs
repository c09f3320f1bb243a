#pragma warning disable IDE0005 // A reader of the README needs every line of it; this namespace lies within the first.
// <snippet>
using GrpcDcr.Client;
using GrpcDcr.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
// </snippet>

namespace GrpcDcr.Integration.Tests.Sdk;

/// <summary>The program of src/Client/README.md. What stands between the markers is printed there word for word.</summary>
internal static class ReadmeSnippet
{
    public static async Task<Outcome> RunAsync(string[] args)
    {
        // <snippet>
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddGrpcDcrClient(options => builder.Configuration.Bind("GrpcDcr", options));
        using var host = builder.Build();
        var tokens = host.Services.GetRequiredService<InitialAccessTokenIssuer>();
        var registrar = host.Services.GetRequiredService<ClientRegistrar>();
        var clientConfiguration = host.Services.GetRequiredService<ClientConfiguration>();
        var administrator = host.Services.GetRequiredService<ClientAdministrator>();
        var directory = host.Services.GetRequiredService<ClientDirectoryReader>();

        // An operator issues a token that admits registrations for a week. It is shown only here.
        var issued = await tokens.IssueAsync(new InitialAccessTokenTerms { Label = "Example", Lifetime = TimeSpan.FromDays(7) });

        // A program registers with it. The secret is shown only here.
        var registered = await registrar.RegisterAsync(
            new ClientMetadata { ClientName = "Example", RedirectUris = { "https://app.example/callback" } },
            issued.Token);

        // It replaces its metadata as a whole, and keeps what the answer holds: the registration access token may be a new one.
        registered.Metadata.ClientUri = "https://app.example/";
        registered = await clientConfiguration.UpdateAsync(
            registered.ClientId, registered.RegistrationAccessToken, registered.Metadata, registered.ClientSecret);

        // An operator looks at what is pending, and approves it.
        await foreach (var pending in administrator.ListAsync(ClientState.Pending))
        {
            Console.WriteLine($"{pending.ClientId} {pending.Metadata.ClientName} wants {pending.Metadata.Scope}");
        }
        await administrator.ApproveAsync(registered.ClientId, reason: "A partner we know");

        // An authorization server checks the secret at its token endpoint, and the redirect URI at its authorization endpoint.
        var client = await directory.AuthenticateAsync(registered.ClientId, registered.ClientSecret);
        var target = await directory.CheckRedirectUriAsync(registered.ClientId, "https://app.example/callback");
        Console.WriteLine(client is null ? "invalid_client" : $"{client.Metadata.ClientName} may be redirected to {target}");

        // What is wrong with a registration is named member by member.
        try
        {
            await registrar.RegisterAsync(new ClientMetadata { RedirectUris = { "https://app.example/callback#top" } }, issued.Token);
        }
        catch (GrpcDcrException refused) when (refused.Error == GrpcDcrError.InvalidRedirectUri)
        {
            foreach (var violation in refused.Violations)
            {
                Console.WriteLine($"{violation.Field}: {violation.Description}");
            }
        }
        // </snippet>
        return new Outcome(registered, client, target);
    }

    /// <summary>What the program found out, for the test that runs it.</summary>
    internal sealed record Outcome(ClientInformation Registered, V1.Client? Client, string? Target);
}
