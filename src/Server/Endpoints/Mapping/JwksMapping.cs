using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary><c>jwks</c> and other JSON values between the wire and the model. A Struct can hold what JSON, or protobuf's form of it, cannot.</summary>
internal static class JwksMapping
{
    /// <summary>Levels; a JWK Set needs four.</summary>
    private const int MaxDepth = 16;

    /// <summary>Not a JWK Set: the rules refuse it beside everything else that is wrong.</summary>
    private static readonly JsonElement Unusable = JsonElement.Parse("[]");

    private static readonly JsonElement Null = JsonElement.Parse("null");

    public static JsonElement ToModel(this Struct wire) =>
        IsJson(wire, MaxDepth) ? JsonElement.Parse(JsonFormatter.Default.Format(wire)) : Unusable;

    /// <summary>A value as JSON; <c>null</c> for one that JSON does not have.</summary>
    public static JsonElement ToModel(this Value wire) =>
        IsJson(wire, MaxDepth) ? JsonElement.Parse(JsonFormatter.Default.Format(wire)) : Null;

    public static Struct ToMessage(this JsonElement model) => JsonParser.Default.Parse<Struct>(model.GetRawText());

    /// <summary>Members without a name are JSON, but the formatter of protobuf fails on them; no key has one (RFC 7517 section 4).</summary>
    private static bool IsJson(Struct members, int depth) => members.Fields.All(m => m.Key.Length > 0 && IsJson(m.Value, depth - 1));

    private static bool IsJson(Value value, int depth) => depth > 0 && value.KindCase switch
    {
        Value.KindOneofCase.None => false,
        Value.KindOneofCase.NumberValue => double.IsFinite(value.NumberValue),
        Value.KindOneofCase.StructValue => IsJson(value.StructValue, depth),
        Value.KindOneofCase.ListValue => value.ListValue.Values.All(item => IsJson(item, depth - 1)),
        _ => true,
    };
}
