using System.Net;
using System.Text.RegularExpressions;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>A browser without a window: cookies, and the fields of forms. It follows no redirect.</summary>
internal sealed partial class Visitor : IDisposable
{
    public const string AntiforgeryField = "__RequestVerificationToken";

    private readonly HttpClient _http;

    /// <param name="address">Of a listener.</param>
    /// <param name="headers">Of every request.</param>
    public Visitor(Uri address, params (string Name, string Value)[] headers)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.Add(name, value);
        }
    }

    public CookieContainer Cookies { get; } = new();

    public static async Task<Visitor> SignedInAsync(RunningServer server, string token = RunningServer.AdminToken)
    {
        var visitor = new Visitor(server.AdminAddress);
        var answer = await visitor.SignInAsync(token);
        Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{(int)answer.Status}: {answer.Body}");
        return visitor;
    }

    public Task<Answer> SignInAsync(string token) => SubmitAsync("/console/sign-in", "/console/sign-in", ("token", token));

    public async Task<Answer> GetAsync(string path) => await Answer.OfAsync(await _http.GetAsync(path));

    public async Task<Answer> SendAsync(HttpRequestMessage request) => await Answer.OfAsync(await _http.SendAsync(request));

    /// <summary>Opens a page and sends a form from there, with its antiforgery token.</summary>
    public async Task<Answer> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        return await PostAsync(action, [(AntiforgeryField, await AntiforgeryTokenAsync(page)), .. fields]);
    }

    public async Task<string> AntiforgeryTokenAsync(string page) => TokenIn((await GetAsync(page)).Body);

    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = FormOf(fields);
        return await Answer.OfAsync(await _http.PostAsync(path, form));
    }

    public void Dispose() => _http.Dispose();

    public static FormUrlEncodedContent FormOf(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static string TokenIn(string page) =>
        Antiforgery().Match(page) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : "";

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]*)\"")]
    private static partial Regex Antiforgery();
}
