using System.Globalization;
using System.Text;
using Search.Contracts.Catalogue;
using Search.Gateway.Searching;

namespace Search.Gateway.Requests;

/// <summary>The parameters that both searches have, given as form fields or in the query string.</summary>
internal static class SearchParameters
{
    internal const string K = "k";
    internal const string Filter = "filter";
    internal const string Collapse = "collapse";
    internal const string Explain = "explain";

    internal const int DefaultK = 20;
    internal const int MaxK = 200;

    internal static readonly string[] Names = [K, Filter, Collapse, Explain];

    /// <param name="source">What to search for.</param>
    /// <param name="parameter">The value of a parameter in UTF-8, null when it is absent.</param>
    internal static SearchQuery Read(QuerySource source, Func<string, byte[]?> parameter) => new()
    {
        Source = source,
        K = Count(parameter(K)),
        Filter = parameter(Filter) is { } filter ? FilterJson.Parse(filter) : SearchFilter.None,
        Collapse = Switch(Collapse, parameter(Collapse), absent: true),
        Explain = Switch(Explain, parameter(Explain), absent: false),
    };

    private static int Count(byte[]? value)
    {
        if (value is null)
            return DefaultK;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k is >= 1 and <= MaxK
            ? k
            : throw RequestProblems.Parameter(K, $"is {RequestProblems.Quote(Encoding.UTF8.GetString(value))}; it must be a whole number from 1 to {MaxK}.");
    }

    private static bool Switch(string name, byte[]? value, bool absent) => value is null ? absent : Encoding.UTF8.GetString(value) switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        var text => throw RequestProblems.Parameter(name, $"is {RequestProblems.Quote(text)}; it must be true or false."),
    };
}
