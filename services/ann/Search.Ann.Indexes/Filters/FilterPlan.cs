namespace Search.Ann.Indexes.Filters;

/// <summary>How a filtered search finds its way.</summary>
internal enum FilterRoute
{
    /// <summary>Look at all that pass: exact.</summary>
    Scan = 0,

    /// <summary>All nodes lead on, those that pass are results.</summary>
    Traverse,

    /// <summary>Only nodes that pass lead on, and the neighbours of those between them count as neighbours (ACORN: Patel et al., SIGMOD 2024).</summary>
    TwoHop,
}

/// <summary>
/// The one place that decides what a filtered search does, by comparing what each way costs in units of a distance. The estimates are of a filter
/// that has nothing to do with the query; a search that finds itself beyond <see cref="Patience"/> knows better and takes the next way.
/// </summary>
/// <param name="Share">Of the slots, estimated.</param>
/// <param name="Patience">What the search may cost before it is cheaper to scan.</param>
internal readonly record struct FilterPlan(FilterRoute Route, double Share, double Patience)
{
    /// <summary>What asking a filter about a slot costs, in distances.</summary>
    public const double TestCost = 1 / 12d;

    // Rows that are read in no order, after a look into the table of ids.
    private const double LookupCost = 2;

    // Between what chance does to an independent filter and what shows that one is not.
    private const double FailureSlack = 2;

    // Below this even two hops often lead to no other that passes.
    private const double LeastTwoHopShare = 0.008;

    /// <summary>For a walk of a graph.</summary>
    /// <param name="degree">Links a node has at most on level 0.</param>
    /// <param name="effort">Results that the walk collects, its ef.</param>
    public static FilterPlan ForGraph<TIds>(SlotFilter<TIds> filter, double share, int degree, int effort)
        where TIds : struct, ISlotIds
    {
        var scan = ScanCost(filter, share);
        // A node met costs a distance, and half a row of links is new where it is read.
        var walk = effort * (double)degree / 2;
        var traverse = walk / share;
        var twoHop = share < LeastTwoHopShare ? double.PositiveInfinity
            : 2 * walk + TestCost * effort * Math.Min((double)degree * degree, degree / share);
        var route = scan <= Math.Min(traverse, twoHop) ? FilterRoute.Scan
            : traverse <= twoHop ? FilterRoute.Traverse
            : FilterRoute.TwoHop;
        return new FilterPlan(route, share, scan);
    }

    /// <summary>For candidates proposed in groups, which are asked one by one.</summary>
    /// <param name="effort">Candidates that pass and are to be scored.</param>
    public static FilterPlan ForCandidates<TIds>(SlotFilter<TIds> filter, double share, int effort)
        where TIds : struct, ISlotIds
    {
        var scan = ScanCost(filter, share);
        var collect = effort * (1 + 1 / share * TestCost);
        return new FilterPlan(scan <= collect ? FilterRoute.Scan : FilterRoute.Traverse, share, scan);
    }

    /// <summary>Slots that may fail before so many pass; where more do, those near the query are not those that pass.</summary>
    public long MostFailures(int wanted) => (long)(FailureSlack * (wanted / Share - wanted)) + FilterSample.Largest;

    /// <summary>Whether a scan goes from id to id of the filter rather than from slot to slot of the index.</summary>
    public static bool GoesById<TIds>(SlotFilter<TIds> filter)
        where TIds : struct, ISlotIds => filter.Filter is IdSet set && set.Count * LookupCost < filter.Ids.SlotCount * TestCost;

    private static double ScanCost<TIds>(SlotFilter<TIds> filter, double share)
        where TIds : struct, ISlotIds
    {
        var slots = filter.Ids.SlotCount;
        return GoesById(filter) ? filter.Filter.MostPassing * LookupCost : slots * (TestCost + share);
    }
}
