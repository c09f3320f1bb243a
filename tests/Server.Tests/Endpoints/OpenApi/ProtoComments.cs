using Google.Protobuf.Reflection;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>The comments of the protos, by the full name of what they describe. Generated code does not have them.</summary>
internal sealed class ProtoComments
{
    private const int MessagesOfFile = 4;
    private const int EnumsOfFile = 5;
    private const int ServicesOfFile = 6;
    private const int FieldsOfMessage = 2;
    private const int NestedOfMessage = 3;
    private const int EnumsOfMessage = 4;
    private const int ValuesOfEnum = 2;
    private const int MethodsOfService = 2;

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private ProtoComments(FileDescriptorSet files)
    {
        foreach (var file in files.File)
        {
            foreach (var location in file.SourceCodeInfo.Location.Where(location => location.LeadingComments.Length > 0))
            {
                if (NameOf(file, [.. location.Path]) is { } name)
                {
                    _texts[name] = Joined(location.LeadingComments);
                }
            }
        }
    }

    /// <summary>Those of all protos of the service.</summary>
    public static ProtoComments Read()
    {
        using var embedded = typeof(ProtoComments).Assembly.GetManifestResourceStream("protos.binpb")!;
        return new ProtoComments(FileDescriptorSet.Parser.ParseFrom(embedded));
    }

    /// <exception cref="KeyNotFoundException">Nothing describes it.</exception>
    public string Of(IDescriptor described) => _texts.TryGetValue(described.FullName, out var text)
        ? text
        : throw new KeyNotFoundException($"{described.FullName} has no comment.");

    /// <summary>One line for each paragraph.</summary>
    private static string Joined(string comment) => string.Join(
        "\n\n",
        comment.Split("\n\n").Select(paragraph => string.Join(' ', paragraph.Split('\n').Select(line => line.Trim())).Trim()));

    /// <summary>The full name of what a path of descriptor.proto leads to; <see langword="null"/> for anything else.</summary>
    private static string? NameOf(FileDescriptorProto file, int[] path) => path switch
    {
        [MessagesOfFile, var message, .. var rest] => NameOf($"{file.Package}.", file.MessageType[message], rest),
        [EnumsOfFile, var type, .. var rest] => NameOf($"{file.Package}.", file.EnumType[type], rest),
        [ServicesOfFile, var service] => $"{file.Package}.{file.Service[service].Name}",
        [ServicesOfFile, var service, MethodsOfService, var method] =>
            $"{file.Package}.{file.Service[service].Name}.{file.Service[service].Method[method].Name}",
        _ => null,
    };

    private static string? NameOf(string scope, DescriptorProto message, int[] path) => path switch
    {
        [] => scope + message.Name,
        [FieldsOfMessage, var field] => $"{scope}{message.Name}.{message.Field[field].Name}",
        [NestedOfMessage, var nested, .. var rest] => NameOf($"{scope}{message.Name}.", message.NestedType[nested], rest),
        [EnumsOfMessage, var type, .. var rest] => NameOf($"{scope}{message.Name}.", message.EnumType[type], rest),
        _ => null,
    };

    private static string? NameOf(string scope, EnumDescriptorProto type, int[] path) => path switch
    {
        [] => scope + type.Name,
        [ValuesOfEnum, var value] => $"{scope}{type.Name}.{type.Value[value].Name}",
        _ => null,
    };
}
