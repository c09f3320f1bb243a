using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.V1;

namespace GrpcDcr.Client.Tests;

public sealed class FaultTests
{
    private static readonly ClientMetadata Metadata = new() { RedirectUris = { "https://app.example/#top" } };

    [Fact]
    public async Task A_refused_registration_names_the_error_and_every_wrong_member()
    {
        var wrong = new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation { Field = "metadata.redirect_uris[0]", Description = "has a fragment" },
                new BadRequest.Types.FieldViolation { Field = "metadata.scope", Description = "is not allowed" },
            },
        };
        var fault = await RefusedRegistrationAsync(new Answer(
            Status: StatusCode.InvalidArgument,
            Detail: "redirect_uris[0] has a fragment",
            Details: Faults.Details(Faults.Reason("INVALID_REDIRECT_URI", "invalid_redirect_uri"), wrong)));

        Assert.Equal(ErrorReason.InvalidRedirectUri, fault.Reason);
        Assert.Equal("INVALID_REDIRECT_URI", fault.ReasonName);
        Assert.Equal("invalid_redirect_uri", fault.OAuthError);
        Assert.False(fault.IsTransient);
        Assert.Equal("redirect_uris[0] has a fragment", fault.Description);
        Assert.Equal("INVALID_REDIRECT_URI: redirect_uris[0] has a fragment", fault.Message);
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal([new("metadata.redirect_uris[0]", "has a fragment"), new("metadata.scope", "is not allowed")], fault.Violations);
        Assert.Null(fault.RetryAfter);
        Assert.Equal(StatusCode.InvalidArgument, Assert.IsType<RpcException>(fault.InnerException).StatusCode);
    }

    [Fact]
    public async Task The_wait_is_read_from_retry_info()
    {
        var wait = new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(12)) };
        var fault = await RefusedRegistrationAsync(new Answer(
            Status: StatusCode.ResourceExhausted, Details: Faults.Details(Faults.Reason("RATE_LIMITED"), wait), RetryAfter: "99"));
        Assert.Equal(TimeSpan.FromSeconds(12), fault.RetryAfter);
        Assert.True(fault.IsTransient);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("-7", null)]
    [InlineData("Wed, 21 Oct 2026 07:28:00 GMT", null)]
    public async Task The_wait_is_read_from_retry_after_metadata_in_seconds(string value, int? seconds)
    {
        var fault = await RefusedRegistrationAsync(new Answer(Status: StatusCode.ResourceExhausted, RetryAfter: value));
        Assert.Equal(seconds, fault.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_reason_of_another_domain_is_not_taken_for_one_of_the_service()
    {
        var fault = await RefusedRegistrationAsync(new Answer(
            Status: StatusCode.PermissionDenied, Detail: "mesh says no", Details: Faults.Details(
                Faults.Reason("CREDENTIAL_INVALID", "invalid_token", "mesh.example"))));
        Assert.Equal(ErrorReason.Unspecified, fault.Reason);
        Assert.Null(fault.OAuthError);
        Assert.Equal("PermissionDenied: mesh says no", fault.Message);
        Assert.Empty(fault.Violations);
    }

    [Fact]
    public async Task An_unreachable_service_is_the_same_exception_without_a_reason()
    {
        Uri gone;
        await using (var service = await FakeService.StartAsync(_ => null))
        {
            gone = service.Address;
        }

        await using var sdk = new Sdk(gone);
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Registration.RegisterAsync(Metadata));
        Assert.Null(fault.ReasonName);
        Assert.True(fault.IsTransient);
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
    }

    [Fact]
    public async Task A_call_cancelled_by_its_caller_is_a_cancellation()
    {
        using var stop = new CancellationTokenSource();
        await using var service = await FakeService.StartAsync(_ =>
        {
            stop.Cancel();
            return null;
        });
        await using var sdk = new Sdk(service.Address);
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => sdk.Registration.RegisterAsync(Metadata, cancellationToken: stop.Token));
        Assert.Equal(stop.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_reason_that_a_newer_service_has_is_kept_by_name()
    {
        var fault = await RefusedRegistrationAsync(Faults.Refused(StatusCode.Aborted, "OF_TOMORROW"));
        Assert.Equal(ErrorReason.Unspecified, fault.Reason);
        Assert.Equal("OF_TOMORROW", fault.ReasonName);
    }

    [Fact]
    public async Task What_else_the_service_says_is_told_by_name()
    {
        var info = Faults.Reason("REQUEST_ALREADY_DONE");
        info.Metadata["client_id"] = "c1";
        var fault = await RefusedRegistrationAsync(new Answer(Status: StatusCode.AlreadyExists, Details: Faults.Details(info)));
        Assert.Equal(ErrorReason.RequestAlreadyDone, fault.Reason);
        Assert.Equal("c1", fault.Details["client_id"]);
    }

    [Fact]
    public void A_test_can_make_a_fault()
    {
        var fault = new GrpcDcrException(StatusCode.NotFound, ErrorReason.ClientNotFound, "no such client");
        Assert.Equal("CLIENT_NOT_FOUND: no such client", fault.Message);
        Assert.Equal((ErrorReason.ClientNotFound, "CLIENT_NOT_FOUND"), (fault.Reason, fault.ReasonName));
        Assert.Null(fault.OAuthError);
    }

    private static async Task<GrpcDcrException> RefusedRegistrationAsync(Answer answer)
    {
        await using var service = await FakeService.StartAsync(_ => answer);
        await using var sdk = new Sdk(service.Address);
        return await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Registration.RegisterAsync(Metadata));
    }
}
