using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Lsh;

internal sealed class LshScratch : CandidateScratch<TableSlots>
{
    private float[] _projections = [];
    private float[] _costs = [];
    private uint[] _changes = [];
    private int _steps;

    public ProbeQueue Queue { get; } = new();

    public Collisions Collisions { get; } = new();

    public Span<float> Projections => _projections;

    public void Reset(HashFunctions functions)
    {
        Queue.Clear();
        if (_projections.Length != functions.Count) _projections = new float[functions.Count];
        _steps = functions.StepsPerTable;
        var all = functions.Tables * _steps;
        if (_costs.Length < all) (_costs, _changes) = (new float[all], new uint[all]);
    }

    public Span<float> Costs(int table) => _costs.AsSpan(table * _steps, _steps);

    public Span<uint> Changes(int table) => _changes.AsSpan(table * _steps, _steps);
}
