using System.Text.Json;

namespace GrpcDcr.Interop.Tests;

/// <summary>What every real client must find in what it was given (RFC 7591 section 3.2.1).</summary>
internal static class RegisteredDocument
{
    /// <summary>The part <c>registered</c> of an outcome.</summary>
    public static JsonElement In(JsonElement outcome) => outcome.TryGetProperty("registered", out var registered)
        ? registered
        : throw new InvalidOperationException($"The library was refused: {outcome}");

    /// <summary>The part <c>refused</c> of an outcome.</summary>
    public static JsonElement RefusalIn(JsonElement outcome) => outcome.TryGetProperty("refused", out var refused)
        ? refused
        : throw new InvalidOperationException($"The library was not refused: {outcome}");

    public static void AssertUsable(JsonElement client, string method)
    {
        Assert.NotEmpty(client.GetProperty("client_id").GetString()!);
        Assert.Equal(method, client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(JsonValueKind.Number, client.GetProperty("client_id_issued_at").ValueKind);
        AssertNothingEmpty(client);
        if (method == "none")
        {
            Assert.False(client.TryGetProperty("client_secret", out _));
            Assert.False(client.TryGetProperty("client_secret_expires_at", out _));
        }
        else
        {
            Assert.NotEmpty(client.GetProperty("client_secret").GetString()!);
            Assert.Equal(0, client.GetProperty("client_secret_expires_at").GetInt64());
        }
    }

    public static string[] Strings(JsonElement client, string member) =>
        [.. client.GetProperty(member).EnumerateArray().Select(value => value.GetString()!)];

    /// <summary>Schema validators of real clients refuse a null or an empty string where a value is optional.</summary>
    private static void AssertNothingEmpty(JsonElement client)
    {
        foreach (var member in client.EnumerateObject())
        {
            Assert.NotEqual(JsonValueKind.Null, member.Value.ValueKind);
            Assert.False(member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() == "", $"{member.Name} is empty.");
        }
    }
}
