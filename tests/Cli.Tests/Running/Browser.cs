using System.Text.RegularExpressions;

namespace GrpcDcr.Cli.Tests.Running;

/// <summary>A user at a browser: opens a page, and fills in and submits its form and those that follow.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = true, CookieContainer = new() });

    /// <returns>The page that has no form.</returns>
    public async Task<string> FillInAsync(string address, IReadOnlyDictionary<string, string> texts)
    {
        var (page, place) = await ReadAsync(await _http.GetAsync(new Uri(address)));
        for (var i = 0; i < 10 && Form().Match(page) is { Success: true } form; i++)
        {
            var fields = Input().Matches(form.Groups[2].Value)
                .Select(input => NameIn().Match(input.Value).Groups[1].Value)
                .Where(name => name.Length > 0)
                .ToDictionary(name => name, name => texts.GetValueOrDefault(name) ?? ValueOf(form.Value, name));
            foreach (var extra in texts.Where(text => text.Key == "abort" && fields.ContainsKey("confirm")))
            {
                fields[extra.Key] = extra.Value;
            }

            using var content = new FormUrlEncodedContent(fields);
            var action = ActionIn().Match(form.Groups[1].Value).Groups[1].Value;
            (page, place) = await ReadAsync(await _http.PostAsync(new Uri(place, action), content));
            if (page.Contains("interrupted", StringComparison.Ordinal))
            {
                break;
            }
        }

        return page;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(string Page, Uri Place)> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return (await answer.Content.ReadAsStringAsync(), answer.RequestMessage!.RequestUri!);
        }
    }

    private static string ValueOf(string form, string name) => Input().Matches(form).Select(input => input.Value)
        .Where(input => NameIn().Match(input).Groups[1].Value == name).Select(input => ValueIn().Match(input).Groups[1].Value).First();

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Input();

    [GeneratedRegex("\\bname=\"([^\"]*)\"")]
    private static partial Regex NameIn();

    [GeneratedRegex("\\bvalue=\"([^\"]*)\"")]
    private static partial Regex ValueIn();

    [GeneratedRegex("\\baction=\"([^\"]*)\"")]
    private static partial Regex ActionIn();
}
