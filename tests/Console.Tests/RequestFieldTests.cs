using System.Reflection;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.V1;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace GrpcDcr.Console.Tests;

/// <summary>A page has a field for each field of the request that it stands for, so that none is forgotten.</summary>
public sealed class RequestFieldTests
{
    public static TheoryData<Type> Pages =>
    [
        typeof(Server.Endpoints.Console.Tokens.ListModel),
        typeof(Server.Endpoints.Console.Tokens.TokenModel),
        typeof(Server.Endpoints.Console.Tokens.IssueModel),
        typeof(Server.Endpoints.Console.Tokens.RevokeModel),
        typeof(Server.Endpoints.Console.Blocks.CreateModel),
        typeof(Server.Endpoints.Console.Blocks.DeleteModel),
        typeof(Server.Endpoints.Console.Registering.CloseModel),
        typeof(Server.Endpoints.Console.Registering.OpenModel),
        typeof(Server.Endpoints.Console.Registering.PreviewModel),
        typeof(Server.Endpoints.Console.Health.BackUpModel),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_field_of_the_request_is_one_of_the_page(Type model)
    {
        var method = Assert.Single(model.GetCustomAttribute<StandsForAttribute>()!.Methods);
        var request = AdminApi.Methods.Single(known => $"{known.Service.FullName}/{known.Name}" == method).InputType;
        var fields = model.GetProperties()
            .SelectMany(property => property.GetCustomAttributes().OfType<IModelNameProvider>())
            .Select(bound => bound.Name);

        // The document of a preview is not a field of a message: a page reads it as the public endpoint does.
        Assert.Equal([], LeavesOf(request, "").Except(fields).Except(["page_size", "metadata"]));
    }

    private static IEnumerable<string> LeavesOf(MessageDescriptor message, string path) => message.Fields.InDeclarationOrder().SelectMany(
        field => ProtoJsonValue.IsSingle(field) || field.MessageType == ClientMetadata.Descriptor
            ? [path + field.JsonName]
            : LeavesOf(field.MessageType, $"{path}{field.JsonName}."));
}
