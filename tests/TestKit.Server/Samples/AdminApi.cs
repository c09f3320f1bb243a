using System.Reflection;
using Google.Protobuf.Reflection;
using GrpcDcr.Admin.V1;

namespace GrpcDcr.TestKit.Samples;

/// <summary>The admin API as its protos have it, so that what is added there is tested on that day.</summary>
public static class AdminApi
{
    /// <summary>Every RPC.</summary>
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. typeof(AuditLogReflection).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(FileDescriptor))
            .Select(property => (FileDescriptor)property!.GetValue(null)!)
            .Where(file => file.Package == AuditLogReflection.Descriptor.Package)
            .SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];
}
