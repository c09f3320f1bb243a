using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GrpcDcr.Doors.Tests;

/// <summary>What holds for every answer of its kind.</summary>
internal static partial class Oracle
{
    /// <summary>201 with the flat document, not to be stored, and nothing null or empty in it.</summary>
    public static void IsRegistered(Answer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.Created, $"{answer.Status}: {answer.Text}");
        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("no-cache", answer.Header("Pragma"));
        Assert.Matches("^[\x21-\x7e]+$", answer["client_id"]);
        HasNothingEmpty(answer.Json);
    }

    /// <summary>A refusal in the shape of RFC 7591 section 3.2.2.</summary>
    public static void IsRefused(Answer answer, HttpStatusCode status, string error)
    {
        Assert.True(answer.Status == status, $"{answer.Status}: {answer.Text}");
        IsOAuthError(answer);
        Assert.Equal(error, answer.Error);
    }

    public static void IsOAuthError(Answer answer)
    {
        Assert.InRange((int)answer.Status, 400, 499);
        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, answer.Json.ValueKind);
        Assert.Matches(ErrorCharacters(), answer.Error);
        Assert.Matches(ErrorCharacters(), answer.Description);
        Assert.Null(answer["client_id"]);
    }

    /// <summary>Sends the body, expects the refusal, and that nothing was stored.</summary>
    public static async Task RefusesAsync(RunningServer server, string body, string error)
    {
        var before = await server.CountClientsAsync();
        IsRefused(await server.RegisterAsync(body), HttpStatusCode.BadRequest, error);
        Assert.Equal(before, await server.CountClientsAsync());
    }

    private static void HasNothingEmpty(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.All(element.EnumerateObject(), member => HasNothingEmpty(member.Value));
                break;
            case JsonValueKind.Array:
                Assert.All(element.EnumerateArray(), HasNothingEmpty);
                break;
            default:
                Assert.NotEqual(JsonValueKind.Null, element.ValueKind);
                Assert.NotEqual("\"\"", element.GetRawText());
                break;
        }
    }

    /// <summary>RFC 6749 appendix A.7 and A.8.</summary>
    [GeneratedRegex(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+\z")]
    private static partial Regex ErrorCharacters();
}
