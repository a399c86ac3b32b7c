using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Search.Contracts;

/// <summary>
/// Says which model made a vector: <c>name@version+fingerprint</c>. The fingerprint covers the weights and the
/// preprocessing, so vectors made by another network or under another preprocessing never compare equal.
/// Two vectors may be compared only when their ids are equal.
/// </summary>
public readonly partial record struct EmbeddingModelId
{
    private readonly string? _value;

    /// <param name="value">The text form, e.g. <c>jewelry-mobilenetv2-128@1.0.0+9f86d081884c7d65</c>.</param>
    /// <exception cref="ArgumentException">The text has another form.</exception>
    public EmbeddingModelId(string value)
    {
        if (!IsValid(value))
            throw new ArgumentException($"'{value}' is not a model id; the form is name@version+fingerprint in lower case.", nameof(value));
        _value = value;
    }

    /// <summary>The text form; empty only for <c>default</c>, which no vector may carry.</summary>
    public string Value => _value ?? "";

    public static EmbeddingModelId Create(string name, string version, string fingerprint) => new($"{name}@{version}+{fingerprint}");

    public static bool IsValid([NotNullWhen(true)] string? value) => value is { Length: <= 160 } && Form().IsMatch(value);

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]*@[a-z0-9][a-z0-9.-]*\+[0-9a-f]{16}\z")]
    private static partial Regex Form();
}
