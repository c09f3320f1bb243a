namespace GrpcDcr.Server.Tests.Architecture.Planted.Low.Deep;

internal abstract class ToItsParent : Thing;
