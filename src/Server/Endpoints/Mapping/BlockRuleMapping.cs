using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;
using BlockEffect = GrpcDcr.Server.Model.BlockEffect;
using BlockSubject = GrpcDcr.Server.Model.BlockSubject;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps block rules between messages and model. The numbers of their enums are the same in both.</summary>
internal static class BlockRuleMapping
{
    public static BlockRule ToMessage(this Model.BlockRule model) => new()
    {
        BlockRuleId = model.Id.ToString(),
        Subject = ToMessage(model.Subject),
        Value = model.Value,
        Effect = (Admin.V1.BlockEffect)(int)model.Effect,
        Reason = model.Reason,
        ExpireTime = model.ExpiresAt is { } end ? Timestamp.FromDateTimeOffset(end) : null,
        CreateTime = Timestamp.FromDateTimeOffset(model.CreatedAt),
        CreatedBy = model.CreatedBy,
    };

    public static Admin.V1.BlockSubject ToMessage(BlockSubject model) => (Admin.V1.BlockSubject)(int)model;

    public static Admin.V1.Resemblance ToMessage(this Administration.Resemblance model) =>
        new() { ClientId = model.ClientId.ToString(), Shared = { model.Shared.Select(ToMessage) } };

    public static BlockRuleRequest ToModel(this CreateBlockRuleRequest message) => new(
        message.Subject == Admin.V1.BlockSubject.Unspecified ? null : ToModel(message.Subject),
        message.Value,
        message.Effect == Admin.V1.BlockEffect.Unspecified ? null : (BlockEffect)(int)message.Effect,
        message.ExpireTime.ToTime() is { } end ? Timestamps.Of(end) : null);

    /// <exception cref="RegistrationRefusedException">The subject is unspecified.</exception>
    public static BlockSubject ToModel(Admin.V1.BlockSubject message) => message == Admin.V1.BlockSubject.Unspecified
        ? throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument("block", "The subject must not be unspecified."))
        : (BlockSubject)(int)message;
}
