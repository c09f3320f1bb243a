using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// Reads out of a compiled assembly which of its types refer to which others of its own: by base types, members, attributes and the code of
/// methods. Nested and compiler-generated types count as the type that they are written in.
/// </summary>
/// <remarks>Constants are copied into the code that uses them and leave no trace; <see cref="UsingDirectives"/> sees those.</remarks>
internal sealed class AssemblyReferences
{
    private readonly MetadataReader _reader;
    private readonly PEReader _file;
    private readonly ReferenceCollector _collector;

    private AssemblyReferences(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
        _collector = new ReferenceCollector(_reader);
    }

    public static List<TypeReferences> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var assembly = new AssemblyReferences(file);
        return [.. assembly._reader.TypeDefinitions
            .GroupBy(assembly._collector.OutermostOf)
            .Select(group => new TypeReferences(
                assembly._collector.NameOf(group.Key),
                [.. group.SelectMany(
                    assembly.ReferencesOf).Distinct().Where(type => type != group.Key).Select(assembly._collector.NameOf)]))];
    }

    private IReadOnlySet<TypeDefinitionHandle> ReferencesOf(TypeDefinitionHandle handle)
    {
        _collector.Start();
        var type = _reader.GetTypeDefinition(handle);
        _collector.Add(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            _collector.Add(_reader.GetInterfaceImplementation(implemented).Interface);
        }

        AddConstraints(type.GetGenericParameters());
        AddAttributes(type.GetCustomAttributes());
        foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
        {
            field.DecodeSignature(_collector, false);
            AddAttributes(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(_reader.GetPropertyDefinition))
        {
            AddAttributes(property.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_reader.GetMethodDefinition))
        {
            AddMethod(method);
        }

        return _collector.Found;
    }

    private void AddMethod(MethodDefinition method)
    {
        method.DecodeSignature(_collector, false);
        AddConstraints(method.GetGenericParameters());
        AddAttributes(method.GetCustomAttributes());
        foreach (var parameter in method.GetParameters().Select(_reader.GetParameter))
        {
            AddAttributes(parameter.GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        _collector.Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            _collector.Add(region.CatchType);
        }

        foreach (var token in MethodCode.TokensOf(body.GetILReader()))
        {
            _collector.Add(MetadataTokens.EntityHandle(token));
        }
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(p => _reader.GetGenericParameter(p).GetConstraints()))
        {
            _collector.Add(_reader.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(_reader.GetCustomAttribute))
        {
            _collector.Add(attribute.Constructor);
            _collector.AddArguments(attribute);
        }
    }
}

/// <summary>A type, and the types of the same assembly that it refers to.</summary>
/// <param name="Type">Full name.</param>
/// <param name="References">Full names.</param>
internal sealed record TypeReferences(string Type, IReadOnlyList<string> References);
