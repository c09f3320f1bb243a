using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Policy;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>Lists and secrets, over several sources.</summary>
public sealed class SettingsReaderTests
{
    private readonly List<string> _problems = [];

    [Fact]
    public void A_list_is_an_array_or_one_string()
    {
        Assert.Equal(
            "openid email", Read<RegistrationOptions>("Registration", [["Registration:AllowedScopes=openid email"]]).AllowedScopes);
        Assert.Equal(
            "openid email",
            Read<RegistrationOptions>(
                "Registration", [["Registration:AllowedScopes:0=openid", "Registration:AllowedScopes:1=email"]]).AllowedScopes);
        Assert.Equal(
            "code, code id_token",
            Read<RegistrationOptions>(
                "Registration", [["Registration:ResponseTypes:0=code", "Registration:ResponseTypes:1=code id_token"]]).ResponseTypes);
        Assert.Empty(_problems);
    }

    [Fact]
    public void The_last_source_replaces_a_list_whole()
    {
        string[] three = ["Registration:AllowedScopes:0=a", "Registration:AllowedScopes:1=b", "Registration:AllowedScopes:2=c"];

        Assert.Equal("x", Read<RegistrationOptions>("Registration", [three, ["Registration:AllowedScopes:0=x"]]).AllowedScopes);
        Assert.Equal("x y", Read<RegistrationOptions>("Registration", [three, ["Registration:AllowedScopes=x y"]]).AllowedScopes);
        Assert.Equal("a b c", Read<RegistrationOptions>("Registration", [["Registration:AllowedScopes=x y"], three]).AllowedScopes);
        Assert.Empty(_problems);
    }

    [Fact]
    public void An_element_is_one_value()
    {
        Read<RegistrationOptions>("Registration", [["Registration:AllowedScopes:0=openid email"]]);

        Assert.Equal(
            "Registration:AllowedScopes:0 (source 0) is not acceptable. Allowed: one value in each element of a list.",
            Assert.Single(_problems));
    }

    [Fact]
    public void A_secret_may_stand_in_a_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "of-the-file\n");

        Assert.Equal("of-the-file", Read<TokenOptions>("T", [["T:Token="], [$"T:TokenFile={file}"]]).Token);
        Assert.Empty(_problems);
        File.Delete(file);
    }

    [Fact]
    public void A_secret_stands_at_one_place()
    {
        Read<TokenOptions>("T", [["T:Token=here"], ["T:TokenFile=/there"]]);

        Assert.Equal("T:TokenFile (source 1) is set, and so is T:Token (source 0). Allowed: one of the two.", Assert.Single(_problems));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Read<TokenOptions>("T", [["T:TokenFile=/no/such/file"]]);

        Assert.Equal(
            "T:TokenFile (source 0) is '/no/such/file'. Allowed: the path of a file that can be read; there is no /no/such/file.",
            Assert.Single(_problems));
    }

    [Fact]
    public void A_file_without_content_is_named()
    {
        var file = Path.GetTempFileName();

        Read<TokenOptions>("T", [[$"T:TokenFile={file}"]]);

        Assert.Equal($"T:TokenFile (source 0) is '{file}'. Allowed: the path of a file that is not empty.", Assert.Single(_problems));
        File.Delete(file);
    }

    private T Read<T>(string section, string[][] sources)
        where T : notnull, new()
    {
        var builder = new ConfigurationBuilder();
        foreach (var source in sources)
        {
            builder.AddInMemoryCollection(
                source.Select(setting => KeyValuePair.Create(setting.Split('=')[0], (string?)setting.Split('=')[1])));
        }

        return new SettingsReader(SettingSources.Of(builder.Build(), (i, _) => $"source {i}"), _problems).Read<T>(section);
    }
}
