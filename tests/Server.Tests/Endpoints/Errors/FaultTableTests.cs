using System.Runtime.CompilerServices;
using Grpc.Core;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit;
using GrpcDcr.V1;
using ClientState = GrpcDcr.Server.Model.ClientState;

namespace GrpcDcr.Server.Tests.Endpoints.Errors;

public sealed class FaultTableTests
{
    /// <summary>One of each kind, found by reflection: a new one is here without being listed.</summary>
    private static readonly List<RegistrationFault> Faults =
        [.. typeof(RegistrationFault).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(RegistrationFault))).Select(Example)];

    [Fact]
    public void Has_a_row_for_every_fault()
    {
        Assert.True(Faults.Count >= 19, "Faults were not found.");
        Assert.All(Faults, fault =>
        {
            var row = FaultTable.RowOf(fault);
            Assert.NotEqual(StatusCode.OK, row.Grpc);
            Assert.InRange(row.Http, 400, 599);
            Assert.Matches("^[A-Z]+(_[A-Z]+)*$", fault.Reason);
            Assert.Matches("^[a-z_]+$", fault.OAuthError ?? "none");
        });
    }

    [Fact]
    public void Every_description_is_plain_ascii() => Assert.All(Faults, fault => PlainAscii.Check(fault.Description));

    [Fact]
    public void A_redirect_uri_among_the_violations_decides_the_error()
    {
        Violation scope = new("scope", "x"), uri = new("redirect_uris", "x");
        Assert.Equal("invalid_client_metadata", new RegistrationFault.InvalidMetadata([scope]).OAuthError);
        Assert.Equal("invalid_redirect_uri", new RegistrationFault.InvalidMetadata([scope, uri]).OAuthError);
    }

    /// <summary>A caller may act on a reason: none is sent that the contract does not name, and none is named that is never sent.</summary>
    [Fact]
    public void The_reasons_of_the_contract_are_those_of_the_faults()
    {
        string[] ofMetadata = ["redirect_uris", "software_statement"];
        Assert.Equal(
            Enum.GetValues<ErrorReason>()
                .Where(reason => reason != ErrorReason.Unspecified)
                .Select(ErrorReasons.NameOf)
                .Order(StringComparer.Ordinal),
            Faults.Concat(ofMetadata.Select(member => new RegistrationFault.InvalidMetadata([new Violation(member, "x")])))
                .Select(fault => fault.Reason).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("7591-3.2.2-01", nameof(RegistrationFault.InvalidMetadata), 400, StatusCode.InvalidArgument)]
    [InlineData("7591-3-02", nameof(RegistrationFault.UnsupportedMediaType), 415, StatusCode.InvalidArgument)]
    [InlineData("7591-3-04", nameof(RegistrationFault.CredentialRequired), 401, StatusCode.Unauthenticated)]
    [InlineData("7591-3.2.2-04", nameof(RegistrationFault.CredentialInvalid), 401, StatusCode.Unauthenticated)]
    [InlineData("7591-3-07", nameof(RegistrationFault.TooManyRequests), 429, StatusCode.ResourceExhausted)]
    [InlineData("1.2", nameof(RegistrationFault.BodyTooLarge), 413, StatusCode.ResourceExhausted)]
    public void Follows_the_standards(string id, string fault, int http, StatusCode grpc)
    {
        var row = FaultTable.RowOf(Faults.Single(f => f.GetType().Name == fault));
        Assert.Equal((id, http, grpc), (id, row.Http, row.Grpc));
    }

    [Fact]
    public void Only_the_service_itself_is_to_blame_for_5xx() => Assert.Equal(
        ["Internal", "IssuerKeysUnavailable", "StoreUnavailable", "TokenIssuerUnavailable"],
        Faults.Where(fault => FaultTable.RowOf(fault).Http >= 500).Select(fault => fault.GetType().Name).Order(StringComparer.Ordinal));

    private static RegistrationFault Example(Type type)
    {
        var constructor = type.GetConstructors().First(c => c.GetParameters() is not [{ } only] || only.ParameterType != type);
        return (RegistrationFault)constructor.Invoke([.. constructor.GetParameters().Select(p => ExampleOf(p.ParameterType))]);
    }

    private static object ExampleOf(Type type) => type switch
    {
        _ when type == typeof(string) => "Some words",
        _ when type == typeof(int) => 1,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
        _ when type == typeof(ClientState) => ClientState.Active,
        _ when type == typeof(IReadOnlyList<Violation>) => new[] { new Violation("scope", "Some words") },
        _ => RuntimeHelpers.GetUninitializedObject(type),
    };
}
