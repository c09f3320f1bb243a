using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace GrpcDcr.Client.Tests;

public sealed class FaultTests
{
    private static readonly V1.ClientMetadata Metadata = new() { RedirectUris = { "https://app.example/#top" } };

    [Fact]
    public async Task A_refused_registration_names_the_error_and_every_wrong_member()
    {
        var wrong = new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation { Field = "redirect_uris[0]", Description = "has a fragment" },
                new BadRequest.Types.FieldViolation { Field = "scope", Description = "is not allowed" },
            },
        };
        var fault = await RefusedRegistrationAsync(new Answer(
            Status: StatusCode.InvalidArgument,
            Detail: "redirect_uris[0] has a fragment",
            Details: Faults.Details(Faults.Reason("invalid_redirect_uri"), wrong)));

        Assert.Equal(GrpcDcrError.InvalidRedirectUri, fault.Error);
        Assert.Equal("redirect_uris[0] has a fragment", fault.Description);
        Assert.Equal("invalid_redirect_uri: redirect_uris[0] has a fragment", fault.Message);
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal([new("redirect_uris[0]", "has a fragment"), new("scope", "is not allowed")], fault.Violations);
        Assert.Null(fault.RetryAfter);
        Assert.Equal(StatusCode.InvalidArgument, Assert.IsType<RpcException>(fault.InnerException).StatusCode);
    }

    [Fact]
    public async Task The_wait_is_read_from_retry_info()
    {
        var wait = new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(12)) };
        var fault = await RefusedRegistrationAsync(new Answer(
            Status: StatusCode.ResourceExhausted, Details: Faults.Details(Faults.Reason("too_many_requests"), wait), RetryAfter: "99"));
        Assert.Equal(TimeSpan.FromSeconds(12), fault.RetryAfter);
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
    public async Task A_reason_of_another_domain_is_not_taken_for_an_OAuth_error()
    {
        var fault = await RefusedRegistrationAsync(new Answer(
            Status: StatusCode.PermissionDenied, Detail: "mesh says no", Details: Faults.Details(Faults.Reason("invalid_token", "mesh.example"))));
        Assert.Null(fault.Error);
        Assert.Equal("PermissionDenied: mesh says no", fault.Message);
        Assert.Empty(fault.Violations);
    }

    [Fact]
    public async Task An_unreachable_service_is_the_same_exception_without_an_OAuth_error()
    {
        Uri gone;
        await using (var service = await FakeService.StartAsync(_ => null))
        {
            gone = service.Address;
        }
        await using var sdk = new Sdk(gone);
        var fault = await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Registrar.RegisterAsync(Metadata));
        Assert.Null(fault.Error);
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
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sdk.Registrar.RegisterAsync(Metadata, cancellationToken: stop.Token));
        Assert.Equal(stop.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_blocking_call_of_a_stub_ends_with_the_same_exception()
    {
        await using var service = await FakeService.StartAsync(_ => Faults.Refused(StatusCode.NotFound, "client_not_found"));
        await using var sdk = new Sdk(service.Address);
        var stub = sdk.Stub<V1.ClientDirectory.ClientDirectoryClient>();
        Assert.Equal(GrpcDcrError.ClientNotFound, Assert.Throws<GrpcDcrException>(() => stub.GetClient(new())).Error);
    }

    private static async Task<GrpcDcrException> RefusedRegistrationAsync(Answer answer)
    {
        await using var service = await FakeService.StartAsync(_ => answer);
        await using var sdk = new Sdk(service.Address);
        return await Assert.ThrowsAsync<GrpcDcrException>(() => sdk.Registrar.RegisterAsync(Metadata));
    }
}
