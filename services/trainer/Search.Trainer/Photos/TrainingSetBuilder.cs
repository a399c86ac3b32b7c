using Search.MetricLearning.Data;

namespace Search.Trainer.Photos;

/// <summary>Numbers what photos are called.</summary>
internal sealed class TrainingSetBuilder(int side)
{
    private readonly List<byte[]> _pixels = [];
    private readonly List<IReadOnlyDictionary<string, string>> _attributes = [];
    private readonly Dictionary<int, double> _shares = [];
    private readonly Labels _categories = new(), _pieces = new(), _strata = new(), _groups = new();

    /// <param name="pixels">Square, RGB.</param>
    /// <param name="category">Photos of all sources with one name are one category.</param>
    /// <param name="isLabel">Whether the category is to be learned; it says where a batch takes the piece from in any case.</param>
    /// <param name="piece">Name of the piece, different in every source.</param>
    /// <param name="source">A batch takes as many pieces of each category from every source.</param>
    /// <param name="share">How many of them, as a share of what it takes of others.</param>
    /// <param name="group">Name of what may be one piece with it; null where the piece is known to be its own.</param>
    /// <param name="attributes">What else is known; null for nothing.</param>
    public void Add(byte[] pixels, string category, string piece, string source, double share = 1, string? group = null, IReadOnlyDictionary<string, string>? attributes = null, bool isLabel = true)
    {
        _pixels.Add(pixels);
        _categories.Add(isLabel ? category : null);
        _pieces.Add(piece);
        _groups.Add(group ?? piece);
        _shares[_strata.Add($"{source}/{category}")] = share;
        _attributes.Add(attributes ?? new Dictionary<string, string>());
    }

    public TrainingSet Build() => new(
        side, _pixels, _categories.Numbers, _pieces.Numbers, _strata.Numbers,
        // The category is a label of its own, which photos without attributes have, too.
        _attributes.SelectMany(a => a.Keys).Distinct().Where(name => name is not (PhotoLabels.Category or PhotoLabels.Piece)).ToDictionary(name => name, Attribute), _shares, _groups.Numbers);

    private IReadOnlyList<int> Attribute(string name)
    {
        var labels = new Labels();
        foreach (var known in _attributes)
            labels.Add(known.GetValueOrDefault(name));
        return labels.Numbers;
    }

    private sealed class Labels
    {
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        private readonly List<int> _numbers = [];

        public IReadOnlyList<int> Numbers => _numbers;

        /// <param name="name">Null where it is not known.</param>
        public int Add(string? name)
        {
            var number = PhotoLabels.Unknown;
            if (name is not null && !_names.TryGetValue(name, out number))
                _names.Add(name, number = _names.Count);
            _numbers.Add(number);
            return number;
        }
    }
}
