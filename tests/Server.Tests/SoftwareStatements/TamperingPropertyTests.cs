using CsCheck;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>A statement with any change in it is none, by whatever algorithm it was signed.</summary>
public sealed class TamperingPropertyTests
{
    private const string Claims =
        Verifying.Minimum + ",\"client_name\":\"A\",\"redirect_uris\":[\"https://client.example/cb\"],\"scope\":\"email\"}";

    private static readonly string[] Genuine =
    [
        SigningKey.Rsa.Jwt("""{"alg":"RS256","kid":"rsa"}""", Claims),
        SigningKey.Rsa.Jwt("""{"alg":"PS256"}""", Claims),
        SigningKey.P256.Jwt("""{"alg":"ES256","typ":"JWT"}""", Claims),
    ];

    private static readonly Verifying Verifier = new();

    private static readonly Gen<char> Character = Gen.Frequency(
        (9, Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]), (1, Gen.Char[".=+/ \n\0"]), (1, Gen.Char));

    [Fact, Trait("Requirement", "SS-07"), Trait("Requirement", "BR-01")]
    public Task One_other_character_anywhere_is_refused() => Check(
        Gen.Select(
            Gen.OneOf(Genuine), Gen.Int[0, 10_000], Character,
            (text, at, character) => (text, Replaced(text, at % text.Length, character))));

    [Fact, Trait("Requirement", "SS-07")]
    public Task One_character_more_or_less_is_refused() => Check(
        Gen.Select(Gen.OneOf(Genuine), Gen.Int[0, 10_000], Character, Gen.Bool, (text, at, character, isMore) =>
            (text, isMore ? text.Insert(at % (text.Length + 1), $"{character}") : text.Remove(at % text.Length, 1))));

    [Fact, Trait("Requirement", "SS-07")]
    public Task Any_mixture_of_two_statements_is_refused() => Check(
        Gen.Select(Gen.OneOf(Genuine), Gen.OneOf(Genuine), Gen.Int[0, 10_000], (one, other, at) =>
            (one, string.Concat(one.AsSpan(0, at % one.Length), other.AsSpan(Math.Min(at % one.Length, other.Length))))));

    [Fact]
    public Task Any_text_is_refused() => Check(Gen.String.Select(text => ("", text)));

    private static Task Check(Gen<(string Genuine, string Sent)> cases) => cases.SampleAsync(
        async c =>
        {
            var verdict = await Verifier.VerdictOfAsync(c.Sent);
            Assert.Equal(Genuine.Contains(c.Sent), verdict is SoftwareStatementVerdict.Verified);
            Assert.True(verdict is SoftwareStatementVerdict.Verified or SoftwareStatementVerdict.Refused);
        },
        iter: 2_000,
        threads: 1);

    private static string Replaced(string text, int at, char character) =>
        string.Concat(text.AsSpan(0, at), [character], text.AsSpan(at + 1));
}
