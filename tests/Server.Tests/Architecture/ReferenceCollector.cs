using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// Gathers the types of an assembly that handles and signatures name. A decoded type is <see langword="true"/> when it is
/// <see cref="Type"/>: what an attribute's <c>typeof</c> is an argument of.
/// </summary>
internal sealed class ReferenceCollector(MetadataReader reader)
    : ISignatureTypeProvider<bool, bool>, ICustomAttributeTypeProvider<bool>
{
    private Dictionary<string, TypeDefinitionHandle>? _byName;

    public HashSet<TypeDefinitionHandle> Found { get; private set; } = [];

    public void Start() => Found = [];

    public TypeDefinitionHandle OutermostOf(TypeDefinitionHandle handle)
    {
        while (reader.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
        {
            handle = outer;
        }

        return handle;
    }

    public string NameOf(TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Found.Add(OutermostOf((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, false);
                break;
            case HandleKind.MethodDefinition:
                var method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                Add(method.GetDeclaringType());
                method.DecodeSignature(this, false);
                break;
            case HandleKind.FieldDefinition:
                var field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                Add(field.GetDeclaringType());
                field.DecodeSignature(this, false);
                break;
            case HandleKind.MemberReference:
                AddMember(reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var specification = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(specification.Method);
                specification.DecodeSignature(this, false);
                break;
            case HandleKind.StandaloneSignature:
                reader.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeLocalSignature(this, false);
                break;
            default:
                // Types and members of other assemblies.
                break;
        }
    }

    /// <summary>An attribute's <c>typeof</c>.</summary>
    public void AddArguments(CustomAttribute attribute)
    {
        try
        {
            attribute.DecodeValue(this);
        }
        catch (BadImageFormatException)
        {
            // It has an enum of another assembly as argument; its size is not known here.
        }
    }

    public bool GetTypeFromDefinition(MetadataReader metadata, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return false;
    }

    public bool GetTypeFromSpecification(MetadataReader metadata, bool context, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return false;
    }

    public bool GetTypeFromSerializedName(string name)
    {
        _byName ??= reader.TypeDefinitions
            .Where(type => reader.GetTypeDefinition(type).GetDeclaringType().IsNil)
            .ToDictionary(NameOf, StringComparer.Ordinal);
        if (_byName.TryGetValue(name.Split(',', '+', '[')[0], out var type))
        {
            Add(type);
        }

        return false;
    }

    public bool GetArrayType(bool elementType, ArrayShape shape) => false;

    public bool GetByReferenceType(bool elementType) => false;

    public bool GetFunctionPointerType(MethodSignature<bool> signature) => false;

    public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => false;

    public bool GetGenericMethodParameter(bool genericContext, int index) => false;

    public bool GetGenericTypeParameter(bool genericContext, int index) => false;

    public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => false;

    public bool GetPinnedType(bool elementType) => false;

    public bool GetPointerType(bool elementType) => false;

    public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => false;

    public bool GetSZArrayType(bool elementType) => false;

    public bool GetSystemType() => true;

    public bool GetTypeFromReference(MetadataReader metadata, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = metadata.GetTypeReference(handle);
        return metadata.StringComparer.Equals(type.Name, nameof(Type)) && metadata.StringComparer.Equals(type.Namespace, nameof(System));
    }

    public PrimitiveTypeCode GetUnderlyingEnumType(bool type) => PrimitiveTypeCode.Int32;

    public bool IsSystemType(bool type) => type;

    private void AddMember(MemberReference member)
    {
        Add(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            member.DecodeFieldSignature(this, false);
        }
        else
        {
            member.DecodeMethodSignature(this, false);
        }
    }
}
