using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Properties;

/// <summary>One reader and one set of rules: a preview, a registration over HTTP and one over gRPC say the same of any document.</summary>
public sealed class AgreementTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public Task Preview_and_registration_agree() => ArbitraryDocuments.Any.SampleAsync(CheckPreviewAsync, iter: 1_000, threads: 2);

    [Fact]
    public Task Grpc_and_http_agree() => ArbitraryDocuments.Any.SampleAsync(CheckGrpcAsync, iter: 1_000, threads: 2);

    [Theory]
    [InlineData("\"grant_types\":[]")]
    [InlineData("\"grant_types\":null")]
    [InlineData("\"default_max_age\":\"3600\"")]
    [InlineData("\"logo_uri#fr\":\"javascript:1\"")]
    [InlineData("\"client_name#en_US\":\"x\"")]
    [InlineData("\"client_name#fr\":\"x\"")]
    [InlineData("\"localized\":{\"client_name#fr\":\"x\"}")]
    [InlineData("\"choices\":{\"token_endpoint_auth_methods_supported\":{\"values\":[\"none\"]}}")]
    [InlineData("\"token_endpoint_auth_methods_supported\":[\"none\"]")]
    [InlineData("\"contacts\":5,\"scope\":\"bad\",\"logo_uri\":\"javascript:1\"")]
    public async Task All_three_agree_on(string members)
    {
        await CheckPreviewAsync(Bodies.With(members));
        await CheckGrpcAsync(Bodies.With(members));
    }

    private async Task CheckPreviewAsync(string document)
    {
        var registration = await _server.RegisterAsync(document);
        var answer = await _server.AdminAsync(HttpMethod.Post, "clients:preview", $"{{\"metadata\":{document}}}");
        if (answer.Status != HttpStatusCode.OK)
        {
            // No document at all, so that there is nothing to preview.
            registration.IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, document);
            Assert.Contains("metadata", answer.Body, StringComparison.Ordinal);
            return;
        }

        var preview = answer.Json;
        var accepted = preview.GetProperty("acceptable").GetBoolean();
        Assert.True(accepted == (registration.Status == HttpStatusCode.Created), $"{document} -> {registration.Body} -> {answer.Body}");
        if (accepted)
        {
            Assert.Equal(Outcome(registration.Json), Flat(preview.GetProperty("metadata")));
            return;
        }

        Assert.Equal(preview.GetProperty("error").GetString(), registration.Error);
        var described = preview.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("description").GetString()).ToList();
        Assert.StartsWith(string.Join(' ', described.Take(5)), registration.Description, StringComparison.Ordinal);
    }

    private async Task CheckGrpcAsync(string document)
    {
        if (Message(document) is not { } message)
        {
            return;
        }

        var registration = await _server.RegisterAsync(document);
        try
        {
            var registered = await _server.Registration().RegisterClientAsync(new V1.RegisterClientRequest { Metadata = message });
            Assert.True(registration.Status == HttpStatusCode.Created, $"{document} -> {registration.Body}");
            var own = JsonNode.Parse(Google.Protobuf.JsonFormatter.Default.Format(registered.ClientInformation.Metadata))!;
            Assert.Equal(Outcome(registration.Json), Flat(JsonSerializer.SerializeToElement(own)));
        }
        catch (RpcException refused)
        {
            var details = refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
            registration.IsRefusal(details.Metadata["oauth_error"], HttpStatusCode.BadRequest, document);
            Assert.Equal(refused.Status.Detail, registration.Description);
        }
    }

    /// <summary>The document as a gRPC caller sends it; <see langword="null"/> if a message cannot have these values.</summary>
    private static V1.ClientMetadata? Message(string document)
    {
        try
        {
            var read = OAuthDocumentReader.ReadRegistration(
                Encoding.UTF8.GetBytes(document), new AllowedValues([], StringComparer.Ordinal));
            return read.Unreadable.Count == 0 ? read.ToMessage() : null;
        }
        catch (RegistrationRefusedException)
        {
            return null;
        }
    }

    /// <summary>The registered metadata of an answer, without what the service issued.</summary>
    private static SortedDictionary<string, string> Outcome(JsonElement information)
    {
        var members = Flat(information);
        foreach (var issued in MemberNames.Issued)
        {
            members.Remove(issued);
        }

        return members;
    }

    /// <summary>The members as text: those with a language tag beside the others, objects as the JSON text of a message.</summary>
    private static SortedDictionary<string, string> Flat(JsonElement metadata)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.Name == "localized")
            {
                foreach (var (name, text) in Flat(member.Value))
                {
                    members.Add(name, text);
                }
            }
            else
            {
                members.Add(member.Name, Canonical(member.Name, member.Value));
            }
        }

        return members;
    }

    private static string Canonical(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when MetadataMembers.Find(name)?.Kind == MemberKind.Json => JsonNode.Parse(value.GetString()!)!.ToJsonString(),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => JsonNode.Parse(value.GetRawText())!.ToJsonString(),
    };
}
