using System.Reflection;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;

namespace GrpcDcr.Fuzz.Tests.Oracles;

/// <summary>
/// JSON to messages and back by the converters that serve requests, set as in the service. They are not public, and
/// <see cref="JsonParser"/> reads and writes some values in other ways.
/// </summary>
internal static class Transcoding
{
    private const string Namespace = "Microsoft.AspNetCore.Grpc.JsonTranscoding.Internal.Json";

    private static readonly JsonSerializerOptions Options = NewOptions();

    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : IMessage => JsonSerializer.Deserialize<T>(json, Options)!;

    public static byte[] Write<T>(T message)
        where T : IMessage => JsonSerializer.SerializeToUtf8Bytes(message, Options);

    private static JsonSerializerOptions NewOptions()
    {
        var assembly = typeof(GrpcJsonSettings).Assembly;
        var registry = Activator.CreateInstance(TypeOf(assembly, "Grpc.Shared.DescriptorRegistry"), nonPublic: true)!;
        Method(registry.GetType(), "RegisterFileDescriptor").Invoke(registry, [V1.ClientMetadata.Descriptor.File]);
        Method(registry.GetType(), "RegisterFileDescriptor").Invoke(registry, [V1.RegisterClientRequest.Descriptor.File]);
        Method(registry.GetType(), "RegisterFileDescriptor").Invoke(registry, [Admin.V1.Client.Descriptor.File]);
        var settings = new GrpcJsonSettings { IgnoreDefaultValues = true, RemoveEnumPrefix = true };
        var context = Activator.CreateInstance(TypeOf(assembly, $"{Namespace}.JsonContext"), settings, TypeRegistry.Empty, registry)!;
        return (JsonSerializerOptions)Method(TypeOf(assembly, $"{Namespace}.JsonConverterHelper"), "CreateSerializerOptions")
            .Invoke(null, [context, false])!;
    }

    private static Type TypeOf(Assembly assembly, string name) => assembly.GetType(name, throwOnError: true)!;

    private static MethodInfo Method(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance)
        ?? throw new MissingMethodException(type.FullName, name);
}
