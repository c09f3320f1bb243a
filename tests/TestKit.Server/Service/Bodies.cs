using System.Net.Http.Headers;
using System.Text;

namespace GrpcDcr.TestKit.Service;

/// <summary>Request bodies.</summary>
public static class Bodies
{
    /// <summary>The smallest registration.</summary>
    public const string Smallest = """{"redirect_uris":["https://client.example/cb"]}""";

    public const string PublicNative =
        """{"redirect_uris":["http://127.0.0.1/cb"],"token_endpoint_auth_method":"none","application_type":"native"}""";

    /// <summary>The smallest registration and further members, written as in JSON.</summary>
    public static string With(string members) => $$"""{"redirect_uris":["https://client.example/cb"],{{members}}}""";

    /// <summary>A registration of redirect URIs, written as in JSON.</summary>
    public static string Redirecting(string uris) => $$"""{"redirect_uris":[{{uris}}]}""";

    public static HttpContent Json(string body) => Content(Encoding.UTF8.GetBytes(body), "application/json");

    public static HttpContent Content(byte[] body, string? contentType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}
