using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>Checks the source of an issuer's keys, and the keys themselves if they are configured.</summary>
internal static class IssuerKeysCheck
{
    private const string OneOfThem = "exactly one of Jwks, JwksFile and JwksUri";

    public static void Check(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        var set = new[]
        {
            (nameof(options.Jwks), options.Jwks),
            (nameof(options.JwksFile), options.JwksFile),
            (nameof(options.JwksUri), options.JwksUri),
        }.Where(source => source.Item2.Length > 0).ToList();
        if (set.Count == 0)
        {
            failures.Add(nameof(options.JwksUri), "", $"{OneOfThem}, because no statement of this issuer could be verified otherwise");
        }
        else if (set.Count > 1)
        {
            failures.Add(set[1].Item1, set[1].Item2, $"{OneOfThem}; {set[0].Item1} is set too");
        }
        else if (options.JwksUri.Length > 0)
        {
            CheckUri(options, failures);
        }
        else
        {
            CheckKeys(options, set[0].Item1, failures);
        }
    }

    private static void CheckUri(SoftwareStatementIssuerOptions options, IssuerFailures failures)
    {
        var uri = UriText.Split(options.JwksUri);
        if (UriSyntax.CharacterFault(options.JwksUri) is not null
            || !UriSchemes.IsHttps(uri.Scheme)
            || uri.HasFragment
            || UriSyntax.AuthorityFault(uri) is not null)
        {
            failures.Add(
                nameof(options.JwksUri),
                options.JwksUri,
                "an https URI without fragment, such as https://issuer.example/jwks.json");
        }
    }

    private static void CheckKeys(SoftwareStatementIssuerOptions options, string setting, IssuerFailures failures)
    {
        if (ConfiguredKeys.Read(options) is not { } keys)
        {
            failures.AddUnseen(
                setting,
                $"{(options.JwksFile.Length > 0 ? $"the path of a readable file, not '{options.JwksFile}', with " : "")}"
                + "a JWK Set (RFC 7517 section 5), a JSON object whose member keys is an array");
            return;
        }

        foreach (var fault in keys.Faults)
        {
            failures.AddUnseen(setting, $"keys that can be used; {fault}");
        }

        var algorithms = WordList.Words(options.Algorithms);
        if (keys.Faults.Count == 0 && !Array.Exists(algorithms, algorithm => keys.For(algorithm, keyId: null).Any()))
        {
            failures.AddUnseen(setting, $"a key for one of the Algorithms {options.Algorithms}");
        }
    }
}
