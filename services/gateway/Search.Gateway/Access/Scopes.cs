namespace Search.Gateway.Access;

/// <summary>What a caller may do.</summary>
[Flags]
internal enum Scopes
{
    None = 0,

    /// <summary>Search and read.</summary>
    Search = 1,

    /// <summary>Change the catalogue.</summary>
    Write = 2,

    /// <summary>Reach the services' own APIs and the metrics, train models, and change which one answers.</summary>
    Admin = 4,

    All = Search | Write | Admin,
}

internal static class ScopeText
{
    private static readonly (Scopes Scope, string Text)[] Names = [(Scopes.Search, "search"), (Scopes.Write, "write"), (Scopes.Admin, "admin")];

    /// <summary>For messages.</summary>
    internal static readonly string Known = string.Join(", ", Names.Select(n => n.Text));

    internal static Scopes Parse(string text) => Names.FirstOrDefault(n => n.Text == text).Scope;

    /// <summary>Separated by spaces, as in OAuth.</summary>
    internal static string Of(Scopes scopes) => string.Join(' ', Names.Where(n => scopes.HasFlag(n.Scope)).Select(n => n.Text));
}
