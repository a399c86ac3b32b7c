using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Statistics;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// A forest of random-projection trees over all slots, walked by <see cref="ForestWalk"/>. Below <see cref="LeastCount"/> vectors there is none, and every search looks at all of them.
/// </summary>
internal sealed class Forest : ICandidateSource
{
    /// <summary>A scan of so few costs what a walk through the trees costs, and the first planes are chosen among them.</summary>
    public const int LeastCount = 1_024;

    // Each tree adds a batch while searches wait, so that all trees can do it at once: a millisecond or so.
    private const int Batch = 32;

    private readonly ForestOptions _options;
    private readonly SlotTable _table;
    private readonly bool _lifts;

    // The same trees as one that writes sees them and as a search does.
    private ForestTree[] _trees = [];
    private LiveTree[] _walked = [];

    // The plan: trees to take over, or slots for each tree to add.
    private ForestTree[]? _built;
    private int[] _added = [];
    private int _threads;

    /// <param name="trees">As loaded; none for a forest yet to grow.</param>
    public Forest(ForestOptions options, VectorMetric metric, SlotTable table, TreeNodes[] trees)
    {
        _options = options;
        _table = table;
        _lifts = metric == VectorMetric.InnerProduct;
        TakeOver([.. trees.Select((nodes, number) => new ForestTree(number, options.Seed, nodes, table, _lifts))]);
    }

    /// <summary>As they are stored with the index.</summary>
    public ForestOptions Stored => _options;

    public int DefaultEffort => _options.Effort;

    /// <summary>For tests that check invariants, and for files.</summary>
    internal IEnumerable<TreeNodes> Trees => _trees.Select(tree => tree.Nodes);

    public IReadOnlyDictionary<string, string> Options => OptionText.Of(
        (nameof(ForestOptions.Trees), _options.Trees), (nameof(ForestOptions.LeafSize), _options.LeafSize),
        (nameof(ForestOptions.Effort), _options.Effort), (nameof(ForestOptions.Seed), _options.Seed));

    public long Bytes => _trees.Sum(tree => tree.Nodes.Bytes);

    public Histogram Occupancy()
    {
        var tally = new Tally();
        foreach (var tree in _trees)
            tree.Nodes.CountLeaves(tally);
        return tally.Of("vectors in a leaf");
    }

    public CandidateScratch<TableSlots> CreateScratch() => new ForestScratch<TableSlots>();

    public bool TryCollect(ReadOnlySpan<float> query, CandidateScratch<TableSlots> scratch) =>
        ForestWalk.TryCollect<LiveTree, TableSlots>(_walked, query, _lifts, (ForestScratch<TableSlots>)scratch);

    public void PlanAdd(int slot)
    {
        if (_trees.Length > 0)
        {
            foreach (var tree in _trees)
                tree.PlanAdd(slot);
        }
        else if (_table.OccupiedCount + 1 >= LeastCount)
        {
            _built = Grow([slot], Environment.ProcessorCount);
        }
    }

    public int BatchOf(int waiting) => waiting >= Math.Max(LeastCount, _table.OccupiedCount) ? waiting : Batch;

    public void PlanAddAll(ReadOnlySpan<int> slots, int threads)
    {
        var before = _table.OccupiedCount - slots.Length;
        // Twice as many or more: trees grown anew are better balanced, and faster to make than to fill one by one.
        if (_table.OccupiedCount >= LeastCount && (_trees.Length == 0 || slots.Length >= before)) _built = Grow(slots, threads);
        else if (_trees.Length > 0) (_added, _threads) = (slots.ToArray(), threads);
    }

    public void PlanRemove(int slot)
    {
        foreach (var tree in _trees)
            tree.PlanRemove(slot);
    }

    public bool TryPlanRename(int[] slots)
    {
        _built = [.. _trees.Select((tree, number) => new ForestTree(number, _options.Seed, tree.Nodes.Renamed(slots), _table, _lifts))];
        return true;
    }

    public void Commit()
    {
        if (_built is not null)
        {
            TakeOver(_built);
            _built = null;
            return;
        }
        if (_added.Length == 0)
        {
            foreach (var tree in _trees)
                tree.Commit();
            return;
        }
        Parallel.For(0, _trees.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, number =>
        {
            foreach (var slot in _added)
            {
                _trees[number].PlanAdd(slot);
                _trees[number].Commit();
            }
        });
        _added = [];
    }

    public void Save(ChecksumWriter writer) => ForestFile.Save(writer, _options, _table, [.. Trees]);

    private void TakeOver(ForestTree[] trees) => (_trees, _walked) = (trees, [.. trees.Select(tree => new LiveTree(tree.Nodes))]);

    private IEnumerable<int> Occupied() => Enumerable.Range(0, _table.SlotCount).Where(_table.IsOccupied);

    private ForestTree[] Grow(ReadOnlySpan<int> added, int threads)
    {
        int[] slots = [.. Occupied(), .. added];
        var trees = new ForestTree[_options.Trees];
        Parallel.For(0, trees.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, number =>
        {
            trees[number] = new ForestTree(number, _options.Seed, new TreeNodes(_table.Vectors.Dimension, _options.LeafSize), _table, _lifts);
            trees[number].Build([.. slots]);
        });
        return trees;
    }
}
