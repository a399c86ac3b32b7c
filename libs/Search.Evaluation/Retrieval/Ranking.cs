using Search.Vectors;

namespace Search.Evaluation;

/// <summary>The gallery ranked for one query after another, in the same buffers. Not for several threads.</summary>
internal sealed class Ranking(RetrievalTask task)
{
    private readonly ScoredId[] _ranked = new ScoredId[task.Gallery.Count];
    private readonly bool[] _relevance = new bool[task.Gallery.Count];
    private readonly double[] _grades = new double[task.Gallery.Count];
    private readonly double[] _ideal = new double[task.Gallery.Count];
    private readonly HashSet<int> _seenGroups = [];
    private int _count;
    private int _relevant;

    /// <summary>Of the last ranked query; valid until the next.</summary>
    public RankedAnswer Answer => new(_relevance.AsSpan(0, _count), _grades.AsSpan(0, _count), _ideal.AsSpan(0, _count), _relevant);

    /// <summary>The result at a place, from 0.</summary>
    public RankedItem this[int place] => new((int)_ranked[place].Id, _ranked[place].Score, _grades[place]);

    public RankedItem[] First(int count) => [.. Enumerable.Range(0, Math.Min(count, _count)).Select(i => this[i])];

    public void Rank(int query)
    {
        var gallery = task.Gallery;
        _count = 0;
        for (var i = 0; i < gallery.Count; i++)
            if (gallery.Groups[i] != task.Queries.Groups[query])
                _ranked[_count++] = new ScoredId(i, VectorKernels.Dot(task.Queries[query], gallery[i]));
        Array.Sort(_ranked, 0, _count);
        if (task.OnePerGroup)
            KeepBestOfGroups();
        Grade(query);
    }

    private void KeepBestOfGroups()
    {
        _seenGroups.Clear();
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            var group = task.Gallery.Groups[(int)_ranked[i].Id];
            if (_seenGroups.Add(group))
                _ranked[kept++] = _ranked[i];
        }
        _count = kept;
    }

    private void Grade(int query)
    {
        _relevant = 0;
        for (var i = 0; i < _count; i++)
        {
            var grade = task.Grade(query, (int)_ranked[i].Id);
            if (!double.IsFinite(grade) || grade < 0)
                throw new ArgumentException($"A grade must be finite and not negative, not {grade}.");
            _grades[i] = grade;
            _relevance[i] = grade > 0;
            if (grade > 0)
                _relevant++;
        }
        _grades.AsSpan(0, _count).CopyTo(_ideal);
        _ideal.AsSpan(0, _count).Sort();
        _ideal.AsSpan(0, _count).Reverse();
    }
}
