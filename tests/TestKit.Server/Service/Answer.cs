using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GrpcDcr.TestKit.Service;

/// <summary>A whole HTTP answer.</summary>
public sealed partial record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string? Error => Text("error");

    public string? Description => Text("error_description");

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var body = await response.Content.ReadAsStringAsync();
            return new Answer(response.StatusCode, response.Headers, response.Content.Headers, body);
        }
    }

    public string? Text(string member) =>
        Json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>RFC 7591 section 3.2.1: 201 with a flat JSON document that has no placeholders.</summary>
    public Answer IsRegistration()
    {
        Assert.True(Status == HttpStatusCode.Created, $"{(int)Status}: {Body}");
        IsUncachedJson();
        Assert.NotEmpty(Text("client_id")!);
        Assert.Empty(PlaceholdersIn(Json));
        return this;
    }

    /// <summary>RFC 7591 section 3.2.2, RFC 6749 appendix A.7: what every refusal of the public listener looks like.</summary>
    public Answer IsRefusal(string context)
    {
        Assert.True((int)Status is >= 400 and < 500, $"{context}: {(int)Status}: {Body}");
        IsUncachedJson();
        Assert.True(Json.ValueKind == JsonValueKind.Object, context);
        Assert.Matches(ErrorText(), Error!);
        Assert.Matches(ErrorText(), Description!);
        Assert.False(Json.TryGetProperty("client_id", out _), context);
        return this;
    }

    public Answer IsRefusal(string error, HttpStatusCode status, string context)
    {
        IsRefusal(context);
        Assert.True((status, error) == (Status, Error), $"{context}: {(int)Status} {Body}");
        return this;
    }

    private void IsUncachedJson()
    {
        Assert.Equal("application/json", ContentHeaders.ContentType?.MediaType);
        Assert.True(Headers.CacheControl?.NoStore, "no-store is missing");
        Assert.Equal("no-cache", Headers.Pragma.ToString());
    }

    /// <summary>Names of members that are <c>null</c> or empty strings. What stands inside a JSON object is the client's own.</summary>
    private static IEnumerable<string> PlaceholdersIn(JsonElement document) =>
        from member in document.EnumerateObject()
        let values = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : Enumerable.Repeat(member.Value, 1)
        where values.Any(value => value.ValueKind == JsonValueKind.Null || value.ToString().Length == 0)
        select member.Name;

    [GeneratedRegex(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+\z")]
    private static partial Regex ErrorText();
}
