using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Miners;

/// <summary>
/// Chooses the triplets of a batch that are worth a gradient. This base measures the distances, sorts each anchor's positives and
/// negatives and passes over anchors that lack either; a subclass makes the choice. Holds no state: the same batch and the same random
/// numbers give the same triplets.
/// </summary>
public abstract class TripletMiner(string name, EmbeddingDistance distance) : INamed
{
    public string Name { get; } = name;

    /// <summary>The chosen triplets, anchors in the order of their rows; none where no anchor has both a positive and a negative.</summary>
    /// <param name="batch">All of its pairs are looked at, also those with a memory; nothing of them is changed.</param>
    /// <param name="random">Used by miners that leave something to chance.</param>
    public Triplets Mine(PairBatch batch, Random random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        var (rows, columns) = ((int)batch.Positives.shape[0], (int)batch.Positives.shape[1]);
        List<long> anchors = [], positives = [], negatives = [];
        if (rows == 0)
            return new Triplets(anchors, positives, negatives);

        var distances = Distances(batch);
        bool[] arePositive = Flags(batch.Positives), areNegative = Flags(batch.Negatives);
        var chosen = new List<(int Positive, int Negative)>();
        for (var row = 0; row < rows; row++)
        {
            var own = Sorted(distances, arePositive, row * columns, columns);
            var others = Sorted(distances, areNegative, row * columns, columns);
            if (own.Length == 0 || others.Length == 0)
                continue;
            chosen.Clear();
            Choose(own, others, (int)batch.Embeddings.shape[1], random, chosen);
            foreach (var (positive, negative) in chosen)
            {
                anchors.Add(row);
                positives.Add(positive);
                negatives.Add(negative);
            }
        }
        return new Triplets(anchors, positives, negatives);
    }

    /// <summary>Adds one anchor's (positive, negative) pairs, by reference number.</summary>
    /// <param name="positives">At least one, nearest first, equal distances by smaller number.</param>
    /// <param name="negatives">At least one, in the same order.</param>
    /// <param name="dimension">Of the embeddings.</param>
    /// <param name="chosen">Empty at first.</param>
    protected abstract void Choose(
        ReadOnlySpan<Neighbour> positives, ReadOnlySpan<Neighbour> negatives, int dimension, Random random, List<(int Positive, int Negative)> chosen);

    private double[] Distances(PairBatch batch)
    {
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        return batch.Distances(distance).to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    private static bool[] Flags(Tensor mask)
    {
        using var scope = NewDisposeScope();
        return mask.cpu().contiguous().data<bool>().ToArray();
    }

    private static Neighbour[] Sorted(double[] distances, bool[] mask, int from, int count)
    {
        var found = new List<Neighbour>();
        for (var i = 0; i < count; i++)
            if (mask[from + i])
                found.Add(new Neighbour(i, distances[from + i]));
        // By number too: an unstable sort must not leave the choice among equals to chance.
        found.Sort((a, b) => a.Distance.CompareTo(b.Distance) is var order and not 0 ? order : a.Reference.CompareTo(b.Reference));
        return [.. found];
    }
}
