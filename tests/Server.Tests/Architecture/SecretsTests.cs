using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>A record prints its properties, so what is secret in one has the type <see cref="Secret"/>, which prints nothing.</summary>
public sealed partial class SecretsTests
{
    [Fact]
    public void No_record_has_a_secret_as_text() => Assert.Equal(
        [],
        typeof(ClientMetadata).Assembly.GetTypes().Where(IsRecord)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            .Where(property => property.PropertyType == typeof(string) && SecretName().IsMatch(property.Name))
            .Select(property => $"{property.DeclaringType}.{property.Name}"));

    [Fact]
    public void A_secret_prints_nothing() =>
        Assert.DoesNotContain("hush", $"{new Secret("hush")} {new Planted(new Secret("hush"))}", StringComparison.Ordinal);

    [Fact]
    public void Sees_records_of_both_kinds() => Assert.All([typeof(Planted), typeof(PlantedStruct)], type => Assert.True(IsRecord(type)));

    /// <summary>The compiler writes this method into records alone.</summary>
    private static bool IsRecord(Type type) => type.GetMethod(
        "PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance, [typeof(StringBuilder)]) is not null;

    [GeneratedRegex("(Secret|Token|Password|Credential)$")]
    private static partial Regex SecretName();

    private sealed record Planted(Secret Value);

    private record struct PlantedStruct(string Token);
}
