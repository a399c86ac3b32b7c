namespace Search.Evaluation;

/// <summary>Which categories take the first ranks of each category's queries.</summary>
public sealed class CategoryConfusion
{
    private readonly int[,] _counts;

    internal CategoryConfusion(IReadOnlyList<string> names, int ranks)
    {
        Names = names;
        Ranks = ranks;
        _counts = new int[names.Count, names.Count];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Over how many first ranks it was counted.</summary>
    public int Ranks { get; }

    /// <summary>Results of category <paramref name="result"/> among the first ranks of queries of category <paramref name="query"/>.</summary>
    public int Count(int query, int result) => _counts[query, result];

    /// <summary>The same as a share of those ranks; 0 where no query has the category. A row adds up to 1.</summary>
    public double Share(int query, int result)
    {
        var all = 0;
        for (var i = 0; i < Names.Count; i++)
            all += _counts[query, i];
        return all == 0 ? 0 : (double)_counts[query, result] / all;
    }

    internal void Add(int query, int result) => _counts[query, result]++;
}
