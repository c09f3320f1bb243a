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
        var settings = builder.Configuration.GetSection("GrpcDcr");
        builder.Services.AddGrpcDcrAdministration(options => settings.GetSection("Administration").Bind(options));
        builder.Services.AddGrpcDcrRegistration(options => settings.GetSection("Registration").Bind(options));
        builder.Services.AddGrpcDcrDirectory(options => settings.GetSection("Directory").Bind(options));
        using var host = builder.Build();
        var tokens = host.Services.GetRequiredService<InitialAccessTokensClient>();
        var registration = host.Services.GetRequiredService<ClientRegistrationClient>();
        var administration = host.Services.GetRequiredService<ClientAdministrationClient>();
        var directory = host.Services.GetRequiredService<ClientDirectoryClient>();

        // An administrator issues an initial access token that admits registrations for a week. It is shown only here.
        var issued = await tokens.IssueAsync(new InitialAccessTokenOptions { Label = "Example", TimeToLive = TimeSpan.FromDays(7) });

        // A program registers with it. The secret is shown only here.
        var registered = await registration.RegisterAsync(
            new ClientMetadata { ClientName = "Example", RedirectUris = { "https://app.example/callback" } },
            issued.Token);

        // It replaces its metadata as a whole, and stores the registration access token of the answer, which may be a new one.
        registered.Metadata.ClientUri = "https://app.example/";
        registered = await registration.UpdateAsync(
            registered.ClientId, registered.RegistrationAccessToken, registered.Metadata, registered.ClientSecret);

        // An administrator reviews what is pending. The etag makes sure that the reviewed version is the one that is approved.
        await foreach (var pending in administration.ListAsync(new() { AwaitingApproval = true }))
        {
            Console.WriteLine($"{pending.ClientId} {pending.Metadata.ClientName} asks for {pending.Metadata.Scope}");
            await administration.ApproveAsync(pending.ClientId, pending.Etag, "A partner we know");
        }

        // An authorization server checks the secret at its token endpoint, and the redirect URI at its authorization endpoint.
        var client = await directory.AuthenticateAsync(registered.ClientId, registered.ClientSecret, "client_secret_basic");
        var target = await directory.CheckRedirectUriAsync(registered.ClientId, "https://app.example/callback");
        Console.WriteLine(client is null ? "invalid_client" : $"{client.Metadata.ClientName} may be redirected to {target}");

        // An error names every field that is wrong.
        try
        {
            await registration.RegisterAsync(new ClientMetadata { RedirectUris = { "https://app.example/callback#top" } }, issued.Token);
        }
        catch (GrpcDcrException refused) when (refused.Reason == ErrorReason.InvalidRedirectUri)
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
    internal sealed record Outcome(ClientInformation Registered, RegisteredClient? Client, string? Target);
}
