using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Sdk;

/// <summary>The program that src/Client/README.md prints.</summary>
public sealed class ReadmeProgramTests
{
    [Fact]
    public async Task The_program_of_the_README_registers_approves_and_authenticates()
    {
        await using var server = await RunningServer.StartAsync();

        var outcome = await ReadmeSnippet.RunAsync(
        [
            $"--GrpcDcr:Administration:Address={server.InternalAddress}",
            $"--GrpcDcr:Administration:Token={RunningServer.AdminToken}",
            $"--GrpcDcr:Registration:Address={server.InternalAddress}",
            $"--GrpcDcr:Directory:Address={server.InternalAddress}",
            $"--GrpcDcr:Directory:Token={RunningServer.DirectoryToken}",
        ]);

        Assert.Equal(outcome.Registered.ClientId, outcome.Client?.ClientId);
        Assert.Equal("https://app.example/callback", outcome.Target);
    }
}
