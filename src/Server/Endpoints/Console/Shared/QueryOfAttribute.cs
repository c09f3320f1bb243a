using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Endpoints.Http;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>A page whose query is that of a request of the admin API, so that both have the same filters.</summary>
/// <param name="request">The type of the request message.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class QueryOfAttribute(Type request) : Attribute
{
    /// <summary>The field of the request that alone is in the query; <see langword="null"/> for all.</summary>
    public string? Field { get; set; }

    /// <summary>The parameters, with the fields that they set.</summary>
    public IReadOnlyList<KeyValuePair<string, FieldDescriptor>> Parameters =>
        new QueryParameters(((IMessage)Activator.CreateInstance(request)!).Descriptor.Fields.InDeclarationOrder()
            .Where(one => Field is null || one.Name == Field)).All;
}
