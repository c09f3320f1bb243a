using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Annotations and notes.</summary>
public sealed class ClientWordTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task Annotations_are_set_removed_and_found()
    {
        var (one, two) = (await service.RegisterAsync("Annotated one"), await service.RegisterAsync("Annotated two"));

        var annotated = await service.Admin.JsonAsync(
            "clients", "annotate", one, two, "--set", "team=billing", "--set", "query=a=b", "--reason", "sorted");
        await service.Admin.SucceedAsync("clients", "annotate", two, "--remove", "team", "--set", "query=");

        Assert.All(
            annotated.EnumerateArray(),
            client => Assert.Equal("billing", client.GetProperty("annotations").GetProperty("team").GetString()));
        Assert.Equal($"{one}\n", await service.Admin.SucceedAsync("clients", "list", "-q", "--annotation", "team=billing"));
        Assert.Equal($"{one}\n", await service.Admin.SucceedAsync("clients", "list", "-q", "--annotation", "query=a=b"));
        Assert.Equal(
            $"{one}\n{two}\n",
            await service.Admin.SucceedAsync("clients", "list", "-q", "--annotation", "query", "--order", "oldest_first"));
        var recorded = (await service.Admin.JsonAsync("audit", "list", "--client-id", one, "--type", "client_annotated"))[0];
        Assert.Equal("sorted", recorded.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_annotation_of_a_version_that_is_gone_is_refused()
    {
        var id = await service.RegisterAsync("Annotated late");

        var run = (await service.Admin.RunAsync("clients", "annotate", id, "--set", "a=b", "--etag", "v7")).With(4);

        Assert.StartsWith("ETAG_MISMATCH: ", run.Errors, StringComparison.Ordinal);
        (await service.Admin.RunAsync("clients", "annotate", "missing", "--set", "a=b")).With(3);
    }

    [Theory]
    [InlineData("There is nothing to change", "clients", "annotate", "a")]
    [InlineData("--set is 'team'; allowed is KEY=VALUE.", "clients", "annotate", "a", "--set", "team")]
    [InlineData("--set has team twice.", "clients", "annotate", "a", "--set", "team=a", "--set", "team=b")]
    [InlineData("Required argument 'TEXT' missing", "clients", "note", "a")]
    public async Task Says_what_is_wrong(string message, params string[] arguments) =>
        Assert.Contains(message, (await service.Admin.RunAsync(arguments)).With(2).Errors, StringComparison.Ordinal);

    [Fact]
    public async Task Notes_are_added_and_listed()
    {
        var id = await service.RegisterAsync("Noted");
        var text = $"Called them.\nNo answer: {new string('x', 80)}";

        Assert.Equal($"{id}\n", await service.Admin.SucceedAsync("clients", "note", id, "Looks odd.", "--quiet"));
        (await service.Admin.RunAsync($"{text}\n", ["clients", "note", id, "-"])).With(0);
        (await service.Admin.RunAsync("clients", "note", id, new string('x', 1001))).With(4);
        (await service.Admin.RunAsync("clients", "note", "missing", "x")).With(3);
        var notes = await service.Admin.JsonAsync("clients", "notes", id);
        var table = await service.Admin.SucceedAsync("clients", "notes", id);

        Assert.Equal(
            [text, "Looks odd."], notes.EnumerateArray().Select(note => note.GetProperty("client_note").GetProperty("text").GetString()));
        Assert.Matches($@"^TIME +ACTOR  NOTE\n\S+Z  admin  Called them\.\\u\{{a\}}No answer: x{{80}}\n\S+Z  admin  Looks odd\.\n$", table);
    }
}
