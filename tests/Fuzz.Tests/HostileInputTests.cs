using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Targets;
using GrpcDcr.TestKit;

namespace GrpcDcr.Fuzz.Tests;

/// <summary>
/// Whatever is sent, nothing fails and what is promised holds. Each is tried for <c>FUZZ_SECONDS</c>; what is found is kept in
/// <c>Found</c> and tried first ever after.
/// </summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private static readonly FoundInputs Found = new(Path.Combine(Repository.Root, "tests", "Fuzz.Tests", "Found"));

    [Fact]
    public void Registrations_are_registered_or_refused() => Run(new RegistrationTarget());

    [Fact]
    public void Updates_are_made_or_refused() => Run(new UpdateTarget());

    [Fact]
    public void Redirect_uris_lead_where_others_read_them_to_lead() => Run(new RedirectUriTarget());

    [Fact]
    public void No_statement_is_genuine_but_what_was_signed() => Run(new StatementTarget());

    [Fact]
    public void Claims_are_checked_whatever_an_issuer_signs() => Run(new ClaimsTarget());

    [Fact]
    public void Fetched_documents_are_read_or_refused() => Run(new FetchedDocumentTarget());

    [Fact]
    public void Credentials_are_what_they_are_spelt_as() => Run(new CredentialTarget());

    [Fact]
    public void Hosts_are_those_that_their_owner_has() => Run(new HostTarget());

    [Fact]
    public void Names_cannot_hide_a_reserved_one() => Run(new NameTarget());

    [Fact]
    public void Records_are_read_or_known_to_be_damaged() => Run(new RecordTarget());

    [Fact]
    public void Addresses_share_a_budget_where_they_are_one_caller() => Run(new AddressTarget());

    private void Run(IFuzzTarget target) => output.WriteLine(new Fuzzing(target, Budget.OfEnvironment(), Found).Run());
}
