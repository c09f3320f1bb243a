using System.Text;
using GrpcDcr.TestKit;
using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>
/// The OpenAPI documents that the service serves are made from the protos: run with <c>REWRITE_DOCS=1</c> to write them anew.
/// </summary>
public sealed class OpenApiDocumentTests
{
    public static TheoryData<string> Names => ["public", "admin"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Is_what_the_protos_say(string name)
    {
        var file = Path.Combine(Repository.Root, $"src/Server/Endpoints/OpenApi/{name}.json");
        var text = await TextAsync(DocumentOf(name));
        if (Environment.GetEnvironmentVariable("REWRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(file, text);
        }

        Assert.Equal(text, await File.ReadAllTextAsync(file));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Can_be_read_without_an_error(string name)
    {
        var read = OpenApiDocument.Parse(await TextAsync(DocumentOf(name)));

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
    }

    private static OpenApiDocument DocumentOf(string name) =>
        name == "public" ? OpenApiDocuments.Public() : OpenApiDocuments.Admin();

    private static async Task<string> TextAsync(OpenApiDocument document)
    {
        using var stream = new MemoryStream();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }
}
