using Search.MetricLearning.Components;
using Search.MetricLearning.Data;
using Search.MetricLearning.Regularisers;
using Search.MetricLearning.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>What a run makes small: the weighted sum of a recipe's losses and regularisers. Holds what they learn and remember.</summary>
internal sealed class TrainingObjective : IDisposable
{
    private readonly int _seed;
    private readonly IReadOnlyList<ObjectiveTerm> _terms;
    private readonly IReadOnlyList<(EmbeddingRegulariser Regulariser, double Weight)> _regularisers;

    /// <param name="options">Valid.</param>
    /// <param name="set">Gives the labels.</param>
    /// <exception cref="ArgumentException">A loss asks for labels that the set does not have.</exception>
    public TrainingObjective(TrainingOptions options, TrainingSet set)
    {
        _seed = options.Seed;
        _terms = [.. options.LossTerms().Select(term =>
        {
            var labels = Labels(set, term.Labels);
            return new ObjectiveTerm(term, options.Network.Dimension, labels, term.Labels == PhotoLabels.Piece ? GroupsOf(labels, set) : null);
        })];
        var shape = new EmbeddingShape(options.Network.Dimension, Classes: 1);
        _regularisers = [.. options.Regularisers.Select(term => (RegulariserCatalogue.Default[term.Name].Create(term, shape), term.Weight))];
    }

    /// <summary>What the losses learn beside the network; most learn nothing.</summary>
    public IEnumerable<Parameter> Parameters => _terms.SelectMany(term => term.Loss.parameters());

    /// <summary>Another network, or one that has jumped, embeds from now on: what the memories hold is no longer comparable.</summary>
    public void ForgetEmbeddings()
    {
        foreach (var term in _terms)
            term.Memory?.Clear();
    }

    /// <summary>The sum, a scalar, and what it is made of.</summary>
    /// <param name="embeddings">Unit-length rows, one for each of <paramref name="photos"/>.</param>
    /// <param name="photos">Numbers in the training set.</param>
    /// <param name="step">Of the stage; miners draw by it.</param>
    public (Tensor Loss, IReadOnlyList<TermLoss> Terms) Compute(Tensor embeddings, IReadOnlyList<int> photos, int step)
    {
        using var scope = NewDisposeScope();
        Tensor? sum = null;
        var terms = new List<TermLoss>();
        void Add(string name, Tensor term)
        {
            terms.Add(new TermLoss(name, term.item<float>()));
            sum = sum is null ? term : sum + term;
        }

        for (var i = 0; i < _terms.Count; i++)
            Add(_terms[i].Name, _terms[i].Compute(embeddings, photos, StepSeed.Mix(_seed, step, i)));
        foreach (var (regulariser, weight) in _regularisers)
            Add(regulariser.Name, regulariser.Compute(embeddings) * weight);
        return (sum!.MoveToOuterDisposeScope(), terms);
    }

    /// <summary>Everything learned and remembered, for a run that is to go on later.</summary>
    public IReadOnlyDictionary<string, WeightTensor> Save()
    {
        var state = new Dictionary<string, WeightTensor>();
        for (var i = 0; i < _terms.Count; i++)
        {
            state.AddUnder($"losses.{i}.", _terms[i].Loss.Save());
            if (_terms[i].Memory is { } memory)
                state.AddUnder($"losses.{i}.memory.", memory.Save());
        }
        return state;
    }

    /// <summary>Goes on where an objective of the same recipe was saved.</summary>
    /// <exception cref="WeightFormatException">Something is missing or of another shape.</exception>
    public void Load(IReadOnlyDictionary<string, WeightTensor> state)
    {
        for (var i = 0; i < _terms.Count; i++)
        {
            _terms[i].Loss.Load(state.Under($"losses.{i}."));
            _terms[i].Memory?.Load(state.Under($"losses.{i}.memory."));
        }
    }

    public void Dispose()
    {
        foreach (var term in _terms)
            term.Dispose();
    }

    private static long[] Labels(TrainingSet set, string name) => name switch
    {
        PhotoLabels.Piece => Numbered(set.Pieces),
        PhotoLabels.Category => [.. set.Categories.Select(category => (long)category)],
        _ when set.Attributes.TryGetValue(name, out var values) => [.. values.Select(value => (long)value)],
        _ => throw new ArgumentException($"A loss asks for labels '{name}'; the training set has {string.Join(", ", [PhotoLabels.Piece, PhotoLabels.Category, .. set.Attributes.Keys.Order(StringComparer.Ordinal)])}."),
    };

    /// <summary>Of each numbered piece what it may be one with.</summary>
    private static long[] GroupsOf(long[] pieces, TrainingSet set)
    {
        var groups = new long[pieces.DefaultIfEmpty(-1).Max() + 1];
        for (var photo = 0; photo < pieces.Length; photo++)
            groups[pieces[photo]] = set.Groups[photo];
        return groups;
    }

    /// <summary>Pieces carry any numbers; losses with a vector a class need them from 0 without gaps.</summary>
    private static long[] Numbered(IReadOnlyList<int> labels)
    {
        var numbers = new Dictionary<int, long>();
        return [.. labels.Select(label => numbers.TryGetValue(label, out var number) ? number : numbers[label] = numbers.Count)];
    }
}
