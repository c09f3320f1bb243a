using Google.Protobuf;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Exchanges the messages of a transcoded call whose document the HTTP profile reads and writes itself, so that transcoding neither parses
/// nor writes it: the profile puts the request message here and takes the response message from here.
/// </summary>
/// <param name="fill">Fills the request message with the document.</param>
internal sealed class DocumentExchange(Action<IMessage> fill)
{
    /// <summary>The members of the document that could not be put into the request message.</summary>
    public IReadOnlyList<Violation> Unreadable { get; init; } = [];

    /// <summary>The response of the service; <see langword="null"/> before the call.</summary>
    public IMessage? Response { get; set; }

    public void Fill(IMessage request) => fill(request);
}
