using System.Globalization;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Targets;
using GrpcDcr.TestKit;
using SharpFuzz;

IFuzzTarget[] targets =
[
    new RegistrationTarget(), new UpdateTarget(), new RedirectUriTarget(), new StatementTarget(), new ClaimsTarget(),
    new FetchedDocumentTarget(), new CredentialTarget(), new HostTarget(), new NameTarget(), new RecordTarget(), new AddressTarget(),
];

if (args.Length is not (1 or 2) || targets.FirstOrDefault(t => t.Name == args[0]) is not { } target)
{
    Console.Error.WriteLine($"Usage: TARGET [FOLDER-FOR-SEEDS]. Targets: {string.Join(", ", targets.Select(t => t.Name))}");
    return 64;
}

if (args is [_, var folder])
{
    var found = new FoundInputs(Path.Combine(Repository.Root, "tests", "Fuzz.Tests", "Found")).Of(target).Select(f => f.Input);
    foreach (var (number, input) in found.Concat(target.Seeds).Index())
    {
        File.WriteAllBytes(Path.Combine(folder, number.ToString("D4", CultureInfo.InvariantCulture)), input);
    }

    return 0;
}

// What runs once must not look like branches of the first input.
var trial = new Trial(target);
Array.ForEach([.. target.Seeds], seed => trial.Fault(seed));
Fuzzer.Run(stream =>
{
    using var input = new MemoryStream();
    stream.CopyTo(input);
    if (trial.Fault(input.ToArray()) is { } fault)
    {
        throw new FuzzFailureException(target.Name, fault);
    }
});
return 0;
