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
/// The one place that decides what a filtered search does, by comparing what each way costs in units of a distance. The estimate is that of a filter which has nothing
/// to do with the query; a search that finds little around the query which passes learns so soon, and scans where its way would cost more than <see cref="Patience"/>.
/// </summary>
/// <param name="Share">Of the slots, estimated.</param>
/// <param name="Patience">What a scan costs.</param>
internal readonly record struct FilterPlan(FilterRoute Route, double Share, double Patience)
{
    /// <summary>What asking a filter about a slot costs, in distances.</summary>
    public const double TestCost = 1 / 12d;

    // Rows that are read in no order, after a look into the table of ids.
    private const double LookupCost = 2;

    // Below this even two hops often lead to no other that passes.
    private const double LeastTwoHopShare = 0.008;

    // As many nodes around the query as should have eight that pass: fewer than two of them are no accident.
    private const double ProbedForEach = 8;

    /// <summary>Nodes around the query that are looked at before the search dares to see only those that pass.</summary>
    public int Probe => Route == FilterRoute.TwoHop ? (int)(ProbedForEach / Share) : 0;

    /// <summary>Slots that are proposed and asked about, each with the walk to it, for what a scan costs.</summary>
    public double MostLooked => Patience / (2 * TestCost + Share);

    /// <summary>For a walk of a graph.</summary>
    /// <param name="degree">Links a node has at most on level 0.</param>
    /// <param name="effort">Results that the walk collects, its ef.</param>
    public static FilterPlan ForGraph<TIds>(SlotFilter<TIds> filter, double share, int degree, int effort)
        where TIds : struct, ISlotIds
    {
        var scan = ScanCost(filter, share);
        var walk = effort * VisitCost(degree);
        var traverse = walk / share;
        var twoHop = share < LeastTwoHopShare
            ? double.PositiveInfinity
            : ProbedForEach / share * VisitCost(degree) + 2 * walk + TestCost * effort * Math.Min((double)degree * degree, degree / share);
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
        var plan = new FilterPlan(FilterRoute.Traverse, share, scan);
        return effort / share < plan.MostLooked ? plan : plan with { Route = FilterRoute.Scan };
    }

    /// <summary>What a node costs whose neighbours are read: half a row of links is new, and each of those a distance.</summary>
    public static double VisitCost(int degree) => degree / 2d;

    /// <summary>Whether a scan goes from id to id of the filter rather than from slot to slot of the index.</summary>
    public static bool GoesById<TIds>(SlotFilter<TIds> filter)
        where TIds : struct, ISlotIds => filter.Filter is IdSet set && set.Count * LookupCost < filter.Ids.SlotCount * TestCost;

    private static double ScanCost<TIds>(SlotFilter<TIds> filter, double share)
        where TIds : struct, ISlotIds =>
        GoesById(filter) ? filter.Filter.MostPassing * LookupCost : filter.Ids.SlotCount * (TestCost + share);
}
