using System.Globalization;

namespace Search.Benchmarks;

/// <summary>A verb's options, <c>--name value</c> each. A mistake ends the program with the usage: a benchmark that guessed would mislead.</summary>
internal sealed class VerbOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">An unknown name or a name without a value.</exception>
    internal VerbOptions(string[] args, params string[] known)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!known.Contains(name) || i + 1 == args.Length)
                throw new ArgumentException($"'{args[i]}' is not an option with a value; there are {string.Join(", ", known.Select(k => "--" + k))}.", nameof(args));
            _values[name] = args[i + 1];
        }
    }

    internal string Require(string name) => _values.TryGetValue(name, out var value) ? value : throw new ArgumentException($"--{name} is missing.", nameof(name));

    internal string? Find(string name) => _values.GetValueOrDefault(name);

    internal int Number(string name, int standard) =>
        _values.TryGetValue(name, out var value) ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) : standard;
}
