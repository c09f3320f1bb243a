namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>An archive that cannot be written, read or taken over. The message is for the administrator who asked for it.</summary>
internal sealed class ArchiveException(string message, Exception? inner = null) : Exception(message, inner);
