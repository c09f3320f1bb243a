using Google.Protobuf.Reflection;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The names of fields and enum values, as an error lists them.</summary>
internal static class AllowedNames
{
    private const string Unspecified = "UNSPECIFIED";

    public static string Of(IEnumerable<FieldDescriptor> fields) =>
        string.Join(", ", fields.Select(field => field.JsonName).DefaultIfEmpty("none"));

    public static string Of(EnumDescriptor type) =>
        $"one of {string.Join(", ", type.Values.Where(value => value.Number != 0).Select(value => value.Name[PrefixOf(type).Length..]))}";

    /// <summary>What the names of all values begin with, such as <c>CLIENT_STATE_</c>.</summary>
    public static string PrefixOf(EnumDescriptor type) => type.Values.First(value => value.Number == 0).Name[..^Unspecified.Length];
}
