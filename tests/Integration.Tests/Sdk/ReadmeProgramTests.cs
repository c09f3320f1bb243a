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
            $"--GrpcDcr:Administration:Address={server.InnerAddress}",
            $"--GrpcDcr:Administration:Token={RunningServer.OperatorToken}",
            $"--GrpcDcr:Registration:Address={server.InnerAddress}",
            $"--GrpcDcr:Directory:Address={server.InnerAddress}",
            $"--GrpcDcr:Directory:Token={RunningServer.DirectoryToken}",
        ]);

        Assert.Equal(outcome.Registered.ClientId, outcome.Client?.ClientId);
        Assert.Equal("https://app.example/callback", outcome.Target);
    }
}
