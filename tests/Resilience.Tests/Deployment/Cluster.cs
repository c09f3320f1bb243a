using GrpcDcr.TestKit.Running;
using Npgsql;

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>
/// Three instances of the service on one schema of a database, with limits that they share, and proxies before their public and their
/// admin listeners.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string AdminToken = "admin-token-of-the-fault-tests";
    public const string DirectoryToken = "directory-token-of-the-fault-tests";

    private const string NoLimit = "100000000";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-faults-");

    private Cluster(PostgresServer database, RedisServer limits, string schema, IEnumerable<(string Name, string Value)> further)
    {
        (Database, Limits, Schema) = (database, limits, schema);
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = null,
            ["DOTNET_ENVIRONMENT"] = null,
            ["ASPNETCORE_URLS"] = null,
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_gcServer"] = "0",
            ["Logging__LogLevel__Default"] = "Warning",
            ["ENABLE_DYNAMIC_CLIENT_REGISTRATION"] = "true",
            ["DYNAMIC_CLIENT_REGISTRATION_TOKEN"] = null,
            ["DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT"] = NoLimit,
            ["RateLimit__Store"] = "Redis",
            ["RateLimit__Redis__ConnectionString"] = limits.ConnectionString,
            ["RateLimit__Redis__KeyPrefix"] = $"{schema}:",
            ["RateLimit__Global"] = NoLimit,
            ["UnapprovedClients__Max"] = NoLimit,
            ["UnapprovedClients__MaxPerNetwork"] = NoLimit,
            ["UnapprovedClients__MaxPerRedirectHost"] = NoLimit,
            ["RateLimit__Management"] = NoLimit,
            ["RateLimit__FailedManagement"] = NoLimit,
            ["RateLimit__FailedRoleToken"] = NoLimit,
            ["PublicBaseUrl"] = "https://as.example",
            ["ForwardedHeaders__TrustedProxies"] = "127.0.0.1",
            ["Authentication__Tokens__admin__Token"] = AdminToken,
            ["Authentication__Tokens__admin__Roles"] = "admin",
            ["Authentication__Tokens__directory__Token"] = DirectoryToken,
            ["Authentication__Tokens__directory__Roles"] = "directory",
            ["Registration__RegistrationAccessTokenRotation"] = "OnUpdate",
            ["Storage__Engine"] = "Postgres",
            ["Storage__Postgres__ConnectionString"] = database.ConnectionString,
            ["Storage__Postgres__Schema"] = schema,
        };
        foreach (var (name, value) in further)
        {
            settings[name] = value;
        }

        ToDatabase = new TcpRelay(database.Port);
        var relayed = new Dictionary<string, string?>(settings)
        {
            ["Storage__Postgres__ConnectionString"] = $"{database.ConnectionString};Port={ToDatabase.Port}",
        };
        Instances =
        [
            new Instance(
                "A", settings,
                _folder.FullName), new Instance("B", settings, _folder.FullName), new Instance("C", relayed, _folder.FullName),
        ];
        Trail = new ClusterTrail(Instances[0]);
        Public = new Balancer([.. Instances.Select(instance => instance.PublicPort)]);
        Admin = new Balancer([.. Instances.Select(instance => instance.AdminPort)]);
    }

    public PostgresServer Database { get; }

    /// <summary>Where the instances count calls together.</summary>
    public RedisServer Limits { get; }

    public string Schema { get; }

    public IReadOnlyList<Instance> Instances { get; }

    /// <summary>The way of the last instance to the database.</summary>
    public TcpRelay ToDatabase { get; }

    /// <summary>What the service says that happened.</summary>
    public ClusterTrail Trail { get; }

    /// <summary>The proxy before the public listeners.</summary>
    public Balancer Public { get; }

    /// <summary>The proxy before the admin listeners.</summary>
    public Balancer Admin { get; }

    /// <param name="database">A running server.</param>
    /// <param name="limits">A running Redis.</param>
    /// <param name="schema">Where the tables are.</param>
    /// <param name="settings">Of the service, beyond those that every test needs.</param>
    public static async Task<Cluster> StartAsync(
        PostgresServer database, RedisServer limits, string schema, params (string Name, string Value)[] settings)
    {
        var cluster = new Cluster(database, limits, schema, settings);
        try
        {
            await Task.WhenAll(cluster.Instances.Select(instance => instance.StartAsync()));
            return cluster;
        }
        catch (Exception)
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection to the database that the instances know nothing of.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection($"{Database.ConnectionString};Pooling=false;Timeout=5;Search Path={Schema}");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Public.DisposeAsync();
        await Admin.DisposeAsync();
        foreach (var instance in Instances)
        {
            await instance.DisposeAsync();
        }

        await ToDatabase.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
