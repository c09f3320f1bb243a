using GrpcDcr.Server.Hosting.Commands;
using GrpcDcr.Server.Hosting.Commands.Doctor;
using GrpcDcr.Server.Model;
using NetArchTest.Rules;

namespace GrpcDcr.Server.Tests.Fetching;

/// <summary>Whatever the service asks of others goes through the fetcher, and so past its guards.</summary>
public sealed class OneFetcherTests
{
    private const string Fetching = "GrpcDcr.Server.Fetching";

    private static readonly string[] Clients =
    [
        "System.Net.Dns", "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.Http.SocketsHttpHandler",
        "System.Net.HttpWebRequest", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient", "System.Net.WebClient",
        "System.Net.WebRequest",
    ];

    /// <summary>The commands that ask the service itself: the address is in the configuration, and nothing of a caller is in it.</summary>
    private static readonly string[] OfCommands =
        [typeof(PresentedCertificate).FullName!, typeof(ProxyCheck).FullName!, typeof(HealthCheckCommand).FullName!];

    [Fact]
    public void Nothing_else_in_the_service_is_a_client_of_the_network() =>
        Assert.Equal(
            OfCommands, Names(Server().And().DoNotResideInNamespace(Fetching).ShouldNot().HaveDependencyOnAny(Clients)).Order());

    [Fact]
    public void The_fetcher_is_one() =>
        Assert.NotEqual([], Names(Server().And().ResideInNamespace(Fetching).ShouldNot().HaveDependencyOnAny(Clients)));

    [Fact]
    public void The_fetcher_knows_the_rules_and_nothing_else_of_the_service() => Assert.Equal([], Names(Server()
        .And().ResideInNamespace(Fetching).ShouldNot().HaveDependencyOnAny(
            "GrpcDcr.Server.Model", "GrpcDcr.Server.Storage", "GrpcDcr.Server.Admission", "GrpcDcr.Server.Credentials")));

    private static PredicateList Server() => Types.InAssembly(typeof(ClientMetadata).Assembly).That().ResideInNamespace("GrpcDcr.Server");

    private static IEnumerable<string> Names(ConditionList rule) => rule.GetResult().FailingTypes.Select(t => t.FullName);
}
