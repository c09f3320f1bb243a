using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit;

namespace GrpcDcr.Server.Tests.RepositoryFiles;

/// <summary>
/// How old the data of others are that the server embeds, by the date that the first lines of each file state. These tests fail by the
/// passing of time alone: renew the file with the command in the message.
/// </summary>
public sealed class EmbeddedDataTests(ITestOutputHelper output)
{
    /// <summary>The list changes every week, and a suffix that is missing lets a host pattern cover the hosts of strangers.</summary>
    [Fact]
    public void The_public_suffix_list_is_no_older_than_18_months() => AssertYoung("public_suffix_list.dat", "//", 18);

    /// <summary>A version comes every September, and Node, which must know the same one, follows some months later.</summary>
    [Fact]
    public void The_look_alikes_are_no_older_than_30_months() => AssertYoung("look_alikes.txt", "#", 30);

    private void AssertYoung(string name, string comment, int months)
    {
        using var stream = typeof(ClientId).Assembly.GetManifestResourceStream(name);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        var upstream = Stated(reader, $"{comment} Upstream: ");
        var date = DateOnly.ParseExact(Stated(reader, $"{comment} Upstream date: "), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var command = Stated(reader, $"{comment} Renewed by: ");

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var age = today.DayNumber - date.DayNumber;
        output.WriteLine($"{name}: {upstream}, {date:O}, {age} days old");
        Assert.True(date <= today, $"{name} states a day that has not come: {date:O}");
        Assert.True(
            date.AddMonths(months) >= today,
            $"{name} ({upstream}) is {age} days old, {months} months are allowed. Renew it: {command}");
        Assert.True(File.Exists(Path.Combine(Repository.Root, command.Split(' ')[0])), $"{command} is no command of this repository");
    }

    private static string Stated(StreamReader reader, string prefix)
    {
        var line = reader.ReadLine() ?? "";
        Assert.StartsWith(prefix, line, StringComparison.Ordinal);
        return line[prefix.Length..];
    }
}
