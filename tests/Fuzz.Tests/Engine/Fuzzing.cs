using System.Globalization;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Engine;

/// <summary>
/// Tries inputs on a target until its time is over: first those found before, then its seeds, then changed ones. An input that takes
/// the server along new branches is changed further.
/// </summary>
/// <param name="target">What is tried.</param>
/// <param name="budget">How long, and from which seed.</param>
/// <param name="found">Inputs found before; what is found now is kept there.</param>
internal sealed class Fuzzing(IFuzzTarget target, Budget budget, FoundInputs found)
{
    /// <summary>Octets, as bodies are limited.</summary>
    private const int Longest = 64 * 1024;

    private static readonly TimeSpan ForShortening = TimeSpan.FromSeconds(10);

    private readonly Trial _trial = new(target);
    private readonly SeenSteps _seen = new();
    private readonly Corpus _corpus = new();
    private long _tried;

    /// <summary>What was done, in a sentence.</summary>
    /// <exception cref="FuzzFailureException">Something does not hold.</exception>
    public string Run()
    {
        using var hand = new InputAtHand(Path.Combine(AppContext.BaseDirectory, "fuzz"), target.Name);
        foreach (var (path, input) in found.Of(target))
        {
            hand.Show(input);
            _tried++;
            if (_trial.Fault(input) is { } fault)
            {
                throw new FuzzFailureException($"{target.Name}: an input found before fails, {path}:{Environment.NewLine}{fault}", fault);
            }

            Remember(input);
        }

        foreach (var seed in target.Seeds)
        {
            if (!Try(seed, hand))
            {
                _corpus.Add(seed);
            }
        }

        var dice = new Dice(budget.Seed);
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < budget.Duration)
        {
            var input = target.Mutation.Mutate(_corpus.Pick(dice), _corpus.Pick(dice), dice);
            if (input.Length <= Longest)
            {
                Try(input, hand);
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {_tried} inputs, {_corpus.Count} of them worth changing, {_seen.Count} steps between branches, seed "
                + $"{budget.Seed}.");
    }

    /// <summary>Whether it was worth changing.</summary>
    private bool Try(byte[] input, InputAtHand hand)
    {
        hand.Show(input);
        _tried++;
        if (_trial.Fault(input) is { } fault)
        {
            var shortened = _trial.Shortened(input, fault, ForShortening);
            throw new FuzzFailureException(Told(shortened, _trial.Fault(shortened) ?? fault), fault);
        }

        return Remember(input);
    }

    private bool Remember(byte[] input)
    {
        var isNew = _seen.Add(Coverage.Steps);
        if (isNew)
        {
            _corpus.Add(input);
        }

        return isNew;
    }

    private string Told(byte[] input, Exception fault) => string.Join(
        Environment.NewLine,
        $"{target.Name}: something does not hold for an input, seed {budget.Seed}, after {_tried} inputs.",
        $"It is kept as {found.Keep(target, input)}: commit it with the fix, and it is tried for ever.",
        $"In base64: {Convert.ToBase64String(input)}",
        fault);
}

/// <summary>An input was found that something does not hold for.</summary>
internal sealed class FuzzFailureException(string message, Exception fault) : Exception(message, fault);
