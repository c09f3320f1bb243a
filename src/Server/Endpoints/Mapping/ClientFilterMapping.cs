using System.Diagnostics;
using System.Net;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using ClientFilter = GrpcDcr.Admin.V1.ClientFilter;
using ClientState = GrpcDcr.V1.ClientState;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Reads the filter of a list of clients: every violation at once.</summary>
internal sealed class ClientFilterMapping
{
    private readonly Violations _violations = new();
    private readonly ClientFilter _filter;

    private ClientFilterMapping(ClientFilter filter) => _filter = filter;

    /// <param name="filter">The filter; <see langword="null"/> means all clients.</param>
    /// <exception cref="RegistrationRefusedException">Names every violation.</exception>
    public static Model.ClientFilter ToModel(ClientFilter? filter)
    {
        var reader = new ClientFilterMapping(filter ?? new ClientFilter());
        reader.CheckTexts();
        reader.CheckExclusions();
        var model = reader.Read();
        return reader._violations.Found.Count == 0
            ? model
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(reader._violations.Found));
    }

    private Model.ClientFilter Read() => new(StateOf(_filter.State), _filter.AwaitingApproval)
    {
        HasPendingUpdate = _filter.HasHasPendingUpdate ? _filter.HasPendingUpdate : null,
        NamePrefix = _filter.HasNamePrefix ? _filter.NamePrefix : null,
        NamePart = _filter.HasNameContains ? _filter.NameContains : null,
        RedirectHost = _filter.HasRedirectHost ? HostOf(_filter.RedirectHost) : null,
        SoftwareId = _filter.HasSoftwareId ? _filter.SoftwareId : null,
        Ids = IdsOf(),
        Owner = _filter.HasOwner ? _filter.Owner : null,
        AdmittedBy = AdmissionMapping.ToFilter(_filter.Admission),
        InitialAccessTokenId = _filter.HasInitialAccessTokenId ? TokenOf(_filter.InitialAccessTokenId) : null,
        Annotation = _filter.HasAnnotation ? AnnotationOf(_filter.Annotation) : null,
        SourceNetwork = _filter.HasSourceNetwork ? NetworkOf(_filter.SourceNetwork) : null,
        IssuedFrom = _filter.IssueStartTime.ToTime(),
        IssuedUntil = _filter.IssueEndTime.ToTime(),
    };

    private void CheckTexts()
    {
        foreach (var field in ClientFilter.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.Accessor.GetValue(_filter) is string { Length: 0 } && field.HasPresence && field.Accessor.HasValue(_filter))
            {
                Add(field.JsonName, "must not be empty");
            }
        }
    }

    private void CheckExclusions()
    {
        Exclude(_filter.HasNamePrefix && _filter.HasNameContains, "name_contains", "excludes filter.name_prefix");
        Exclude(_filter.HasClientId && _filter.HasClientIdPrefix, "client_id_prefix", "excludes filter.client_id");
        Exclude(
            _filter.HasInitialAccessTokenId && _filter.Admission is not (V1.Admission.Unspecified or V1.Admission.InitialAccessToken),
            "admission", "excludes filter.initial_access_token_id");
        Exclude(
            _filter.IssueStartTime is { } start && _filter.IssueEndTime is { } end && start.ToTime() >= end.ToTime(),
            "issue_end_time", "must be after filter.issue_start_time");
        Exclude(
            _filter is { HasHasPendingUpdate: true, HasPendingUpdate: true, State: ClientState.Pending or ClientState.Rejected },
            "has_pending_update", "excludes this filter.state: only an approved client can have a pending update");
        Exclude(
            _filter is { AwaitingApproval: true, State: ClientState.Rejected },
            "awaiting_approval", "excludes this filter.state: a rejected client does not wait");
        Exclude(
            _filter is { AwaitingApproval: true, HasHasPendingUpdate: true, HasPendingUpdate: false }
                && _filter.State is ClientState.Active or ClientState.Suspended,
            "has_pending_update", "excludes filter.awaiting_approval for this filter.state");
    }

    private void Exclude(bool isContradiction, string field, string problem)
    {
        if (isContradiction)
        {
            Add(field, problem);
        }
    }

    private ClientIdRange IdsOf()
    {
        if (_filter is { HasClientId: true, ClientId.Length: > 0 })
        {
            if (!ClientId.TryParse(_filter.ClientId, out var id))
            {
                Add("client_id", "does not have the form of this service");
            }

            return new ClientIdRange(ClientIdRange.NumberOf(id), ClientIdRange.NumberOf(id));
        }

        if (_filter is not { HasClientIdPrefix: true, ClientIdPrefix.Length: > 0 })
        {
            return ClientIdRange.All;
        }

        if (ClientIdRange.StartingWith(_filter.ClientIdPrefix) is { } range)
        {
            return range;
        }

        Add("client_id_prefix", "is not the beginning of a client_id of this service");
        return ClientIdRange.All;
    }

    private static Model.ClientState? StateOf(ClientState state) => state switch
    {
        ClientState.Unspecified => null,
        _ when System.Enum.IsDefined((Model.ClientState)(int)state) => (Model.ClientState)(int)state,
        _ => throw new UnreachableException($"{state} was not refused as unknown."),
    };

    private string HostOf(string text)
    {
        var isHost = text.EndsWith(':') ? UriSchemes.IsPrivateUseName(text.AsSpan(0, text.Length - 1)) : HostSyntax.IsHost(text);
        if (!isHost && text.Length > 0)
        {
            Add("redirect_host", "must be a host, or a private-use scheme with its colon");
        }

        return ClientTraits.RedirectHostOf(text);
    }

    private InitialAccessTokenId TokenOf(string text)
    {
        if (!InitialAccessTokenId.TryParse(text, out var id) && text.Length > 0)
        {
            Add("initial_access_token_id", "does not have the form of this service");
        }

        return id;
    }

    private KeyValuePair<string, string?> AnnotationOf(string text)
    {
        var parts = text.Split('=', 2);
        if (!AnnotationRules.IsKey(parts[0]) && text.Length > 0)
        {
            Add("annotation", "must be a key, or a key and a value with an equals sign between them");
        }

        return new(parts[0], parts.Length == 2 ? parts[1] : null);
    }

    private IPNetwork? NetworkOf(string text)
    {
        var network = NetworkMapping.Read(text);
        if (network is null && text.Length > 0)
        {
            Add("source_network", NetworkMapping.Allowed);
        }

        return network;
    }

    private void Add(string field, string problem) => _violations.Add($"filter.{field}", $"filter.{field} {problem}.");
}
