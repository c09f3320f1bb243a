namespace GrpcDcr.Server.Storage.Transfer;

/// <summary>An archive cannot be written, read or imported. The message is for the administrator.</summary>
internal sealed class ArchiveException(string message, Exception? inner = null) : Exception(message, inner);
