using System.Text;
using Search.Contracts;
using Search.Gateway.Access;
using Search.Gateway.Searching;

namespace Search.Gateway.Requests;

/// <summary>From HTTP to a checked <see cref="SearchQuery"/>.</summary>
internal static class SearchRequest
{
    private const string ItemIdField = "itemId";

    private static readonly string[] FormFields = [SearchForm.ImageField, ItemIdField, VectorJson.Field, .. SearchParameters.Names];

    /// <summary>POST /v1/search.</summary>
    /// <exception cref="ServiceProblemException">400, 413, 415; 408 when the body takes longer to come than it may.</exception>
    internal static async Task<SearchQuery> FromFormAsync(HttpRequest request, GatewayOptions options, CancellationToken cancellation)
    {
        if (request.Query.Count > 0)
            throw RequestProblems.Invalid("Parameter in the wrong place", "This search takes its parameters as form fields, not in the query string.");
        var form = await ReadAsync(request, options, cancellation);
        return SearchParameters.Read(SourceOf(form, Caller.Of(request.HttpContext)), name => form[name]);
    }

    private static async Task<SearchForm> ReadAsync(HttpRequest request, GatewayOptions options, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.BodyDeadline);
        try
        {
            return await SearchForm.ReadAsync(request, FormFields, options.MaxSearchBodyBytes, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw RequestProblems.TooSlow(options.BodyDeadline);
        }
    }

    /// <summary>GET /v1/items/{id}/similar.</summary>
    internal static SearchQuery FromQuery(string id, HttpRequest request)
    {
        var query = request.Query;
        foreach (var (name, values) in query)
        {
            if (!SearchParameters.Names.Contains(name, StringComparer.Ordinal))
            {
                throw RequestProblems.Invalid(
                    "Unknown parameter", $"{RequestProblems.Quote(name)} is not a parameter; there are {string.Join(", ", SearchParameters.Names)}.");
            }
            if (values.Count > 1)
                throw RequestProblems.Parameter(name, "is given twice.");
        }
        return SearchParameters.Read(
            new ItemSource(ItemId.Require(id), Caller.Of(request.HttpContext).MaySeeAll),
            name => query.TryGetValue(name, out var value) ? Encoding.UTF8.GetBytes(value.ToString()) : null);
    }

    private static QuerySource SourceOf(SearchForm form, Caller caller) => (form[SearchForm.ImageField], form[ItemIdField], form[VectorJson.Field]) switch
    {
        ({ Length: 0 }, null, null) => throw RequestProblems.Parameter(SearchForm.ImageField, "is empty."),
        ({ } image, null, null) => new ImageSource(image),
        (null, { } id, null) => new ItemSource(ItemId.Require(Encoding.UTF8.GetString(id)), caller.MaySeeAll),
        (null, null, { } vector) => new VectorSource(VectorJson.ParseUnit(vector)),
        (null, null, null) => throw RequestProblems.Invalid("Nothing to search for", "Give one of image, itemId and vector."),
        _ => throw RequestProblems.Invalid("Too much to search for", "Give only one of image, itemId and vector."),
    };
}
