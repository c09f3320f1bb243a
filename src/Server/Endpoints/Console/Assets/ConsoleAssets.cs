using System.Security.Cryptography;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Console.Assets;

/// <summary>The files of the console, which are resources of the program. Their paths have a fingerprint of the content.</summary>
internal sealed class ConsoleAssets
{
    public Asset Style { get; } = Asset.Of("console", "css", "text/css; charset=utf-8");

    public Asset Icon { get; } = Asset.Of("console", "svg", "image/svg+xml");

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var asset in new[] { Style, Icon })
        {
            endpoints.MapGet(asset.Path, asset.Answer).WithMetadata(Listener.Admin).RequireAuthorization(Policies.Everybody);
        }
    }
}

/// <summary>A file.</summary>
/// <param name="Path">Another one after each change of the content.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Type">The media type.</param>
internal sealed record Asset(string Path, byte[] Content, string Type)
{
    private const int FingerprintLength = 12;

    public static Asset Of(string name, string extension, string type)
    {
        using var embedded = typeof(Asset).Assembly.GetManifestResourceStream($"{name}.{extension}")!;
        var content = new byte[embedded.Length];
        embedded.ReadExactly(content);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(content))[..FingerprintLength];
        return new Asset($"/console/{name}.{fingerprint}.{extension}", content, type);
    }

    public IResult Answer(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Content, Type, entityTag: new($"\"{Path}\""));
    }
}
