using System.Text;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Server.Policy.Names;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>Names of clients: what they look like, and which reserved names they claim (RFC 7591 section 5).</summary>
internal sealed class NameTarget : IFuzzTarget
{
    private static readonly string[] Names =
    [
        "Claude", "CLAUDE Desktop", "C l a u d e", "\u0421laude", "C1aude", "Cl\u200baude", "Cl\u00e2ud\u00e9", "ClaudeDesktop",
        "Claude\u2122", "MyClaude3",
        "\u041c\u043e\u0439 \u0411\u0430\u043d\u043a", "\u041c\u041e\u0419 \u0411\u0410\u041d\u041a", "\u30af\u30ed\u30fc\u30c9 Desktop",
        "My Bank", "my-bank app",
        "\ud55c\uad6d\uc5b4", "\U0001f680Claude\U0001f680", "Claudette", "\u0130stanbul", "\u01c5", "\ufb01le",
        "\u0645\u0631\u062d\u0628\u0627", "\u00df", "",
    ];

    /// <summary>Characters; longer names are refused before anybody looks at them.</summary>
    private const int Longest = 256;

    private static readonly string[] Reserved =
        ["Claude", "My Bank", "\u041c\u043e\u0439 \u0411\u0430\u043d\u043a", "\u30af\u30ed\u30fc\u30c9"];

    private static readonly ReservedNames Policy =
        ReservedNames.Parse(string.Join(';', Reserved.Select(name => $"{name} = client.example")), []);

    public string Name => "names";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. Names.Select(Encoding.UTF8.GetBytes)];

    public IMutation Mutation { get; } = new TextMutation(new Vocabulary(Names.Select(Encoding.UTF8.GetBytes)));

    public void Check(byte[] input)
    {
        var name = Encoding.UTF8.GetString(input);
        if (name.Length > Longest)
        {
            return;
        }

        var skeleton = Skeleton.Of(name);
        Assert.DoesNotContain(
            skeleton.EnumerateRunes(), rune => rune == Rune.ReplacementChar && !name.Contains('\ufffd', StringComparison.Ordinal));
        var claimed = Policy.Claimed(name);
        Assert.Equal(claimed.Count, claimed.Distinct().Count());
        foreach (var reserved in Reserved)
        {
            // Words of one's own around a reserved name, divided by spaces, never hide it.
            Assert.Contains(Policy.Claimed($"{name} {reserved}"), claim => claim.Name == reserved);
            Assert.Contains(Policy.Claimed($"{reserved} {name}"), claim => claim.Name == reserved);
        }

        foreach (var reading in NormalizedName.Readings(name))
        {
            Assert.Equal(reading.Starts.Order(), reading.Starts);
            Assert.Equal(reading.Letters.Length, reading.Starts[^1]);
        }

        Assert.Equal(claimed, Policy.Claimed($" {name} "));
    }
}
