using System.Reflection;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit;
using NetArchTest.Rules;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>The rooms of <c>docs/architecture.md</c>: what each may touch.</summary>
public sealed class RoomsTests
{
    private const string Model = "GrpcDcr.Server.Model";
    private const string Storage = "GrpcDcr.Server.Storage";
    private const string Records = Storage + ".Records";
    private const string Changes = Storage + ".Changes";
    private const string LiteDb = Storage + ".LiteDb";
    private const string Postgres = Storage + ".Postgres";
    private const string Registration = "GrpcDcr.Server.Registration";
    private const string SharedLimits = "GrpcDcr.Server.SharedLimits";
    private const string Wire = "GrpcDcr.Server.Wire";
    private const string Hosting = "GrpcDcr.Server.Hosting";
    private const string Contract = "GrpcDcr.V1";
    private const string Redis = "StackExchange.Redis";

    private static readonly Assembly Server = typeof(ClientMetadata).Assembly;

    /// <summary>Each room and all that it must not touch.</summary>
    public static TheoryData<string, string[]> Table { get; } = new()
    {
        { Model, [Storage, Registration, SharedLimits, Wire, Hosting, Contract, "Google", "Grpc", "Microsoft", "LiteDB", Redis] },
        { Storage, [Registration, SharedLimits, Wire, Hosting, Contract, "Grpc", "Microsoft.AspNetCore", Redis] },
        { Records, [LiteDb, Postgres, "Npgsql", Registration, SharedLimits, Wire, Hosting, Contract, "Grpc", "Microsoft", "LiteDB", Redis] },
        { Changes, [LiteDb, Postgres, "Npgsql", Registration, SharedLimits, Wire, Hosting, Contract, "Google", "Grpc", "Microsoft", "LiteDB", Redis] },
        { LiteDb, [Postgres, Registration, SharedLimits, Wire, Hosting, Contract, "Google", "Grpc", "Microsoft.AspNetCore", "Npgsql", Redis] },
        { Postgres, [LiteDb, Registration, SharedLimits, Wire, Hosting, Contract, "Google", "Grpc", "Microsoft.AspNetCore", "LiteDB", Redis] },
        { Registration, [Records, LiteDb, Postgres, SharedLimits, Wire, Hosting, Contract, "Google", "Grpc", "Microsoft.AspNetCore", "LiteDB", "Npgsql", Redis] },
        { Registration + ".Rules", [Storage, Registration + ".Admission", Registration + ".Credentials", "Microsoft"] },
        { Registration + ".Hosts", [Storage, Registration + ".Admission", Registration + ".Credentials", "Microsoft"] },
        { Registration + ".Names", [Storage, Registration + ".Admission", Registration + ".Credentials", "Microsoft"] },
        { Wire, [Storage, SharedLimits, Hosting, "LiteDB", "Npgsql", Redis] },
        { SharedLimits, [Storage, Wire, Hosting, Contract, "Google", "Grpc", "Microsoft.AspNetCore", "LiteDB", "Npgsql"] },
        { Hosting, [Records, Contract, "Grpc", "Google", "LiteDB", "Npgsql", Redis] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Touches_nothing_it_must_not(string room, string[] forbidden) => Assert.Equal([], Breaches(room, forbidden));

    [Fact]
    public void The_storage_contract_knows_no_engine_and_no_record() => Assert.Equal([], Names(
        Types.InAssembly(Server).That().ResideInNamespaceMatching($"^{Storage}$").ShouldNot().HaveDependencyOnAny(Records, LiteDb, Postgres, "Google", "LiteDB", "Npgsql", "Microsoft")));

    [Fact]
    public void Shared_limits_know_of_registration_only_who_may_come_in() => Assert.Equal([], Names(
        Types.InAssembly(Server).That().ResideInNamespace(SharedLimits).ShouldNot().HaveDependencyOnAny(
            [.. Server.GetTypes().Where(IsOfAnotherPartOfRegistration).Select(type => type.FullName!)])));

    /// <summary>If this room check could not fail, the others would prove nothing.</summary>
    [Theory]
    [InlineData(Registration, Model)]
    [InlineData(Wire, Registration)]
    [InlineData(Wire, "Microsoft.AspNetCore")]
    [InlineData(LiteDb, "LiteDB")]
    [InlineData(Postgres, "Npgsql")]
    [InlineData(SharedLimits, Redis)]
    [InlineData(Hosting, SharedLimits)]
    [InlineData(Records, "Google")]
    public void Sees_the_dependencies_there_are(string room, string used) => Assert.NotEqual([], Breaches(room, [used]));

    [Fact]
    public void Rooms_are_all_in_the_table()
    {
        var known = new[] { Model, Storage, Registration, SharedLimits, Wire, Hosting, Contract };
        var rooms = Server.GetTypes().Where(type => type.Namespace?.StartsWith("GrpcDcr.", StringComparison.Ordinal) is true)
            .Select(type => string.Join('.', type.Namespace!.Split('.').Take(type.Namespace.StartsWith(Contract, StringComparison.Ordinal) ? 2 : 3)));
        Assert.Equal(known.Order(StringComparer.Ordinal), rooms.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_model_is_immutable() => Assert.Equal([], Server.GetTypes()
        .Where(type => type.Namespace == Model)
        .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
        .Where(property => property.SetMethod is { } setter && !IsInit(setter))
        .Select(property => $"{property.DeclaringType}.{property.Name}"));

    [Fact]
    public void Nothing_of_the_server_is_public_but_program() => Assert.Equal(
        [], Server.GetExportedTypes().Where(type => type.Name != "Program").Select(type => type.FullName));

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void Files_stay_small(string folder)
    {
        const int Most = 250;
        var files = Repository.Sources(folder).ToList();
        Assert.NotEmpty(files);
        Assert.Equal([], files.Where(file => File.ReadLines(Path.Combine(Repository.Root, file)).Count() > Most));
    }

    private static bool IsOfAnotherPartOfRegistration(Type type) =>
        type.Namespace?.StartsWith(Registration, StringComparison.Ordinal) is true && type.Namespace != Registration + ".Admission";

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static IEnumerable<string> Breaches(string room, string[] forbidden) =>
        Names(Types.InAssembly(Server).That().ResideInNamespace(room).ShouldNot().HaveDependencyOnAny(forbidden));

    private static IEnumerable<string> Names(ConditionList rule) => rule.GetResult().FailingTypeNames ?? [];
}
