using Search.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Search.MetricLearning.Pairs;

/// <summary>
/// The pairs of one batch: every row is an anchor, and is compared with the references, which are the batch itself followed by
/// what a memory holds of earlier ones. Two of one label are a positive pair, two of different labels a negative one.
/// Its tensors belong to the dispose scope it was made in.
/// </summary>
public sealed class PairBatch
{
    private PairBatch(Tensor embeddings, Tensor labels, Tensor references, Tensor referenceLabels, Tensor positives, Tensor negatives, Triplets? triplets)
    {
        Embeddings = embeddings;
        Labels = labels;
        References = references;
        ReferenceLabels = referenceLabels;
        Positives = positives;
        Negatives = negatives;
        Triplets = triplets;
    }

    /// <summary>The anchors [N, D].</summary>
    public Tensor Embeddings { get; }

    /// <summary>[N], int64.</summary>
    public Tensor Labels { get; }

    /// <summary>[M, D]; the first N are the anchors.</summary>
    public Tensor References { get; }

    /// <summary>[M], int64.</summary>
    public Tensor ReferenceLabels { get; }

    /// <summary>Bool [N, M]: this anchor and this reference are a positive pair that counts.</summary>
    public Tensor Positives { get; }

    /// <summary>Bool [N, M]: a negative pair that counts.</summary>
    public Tensor Negatives { get; }

    /// <summary>The triplets a miner chose; null where all pairs count.</summary>
    public Triplets? Triplets { get; }

    /// <summary>Dot products [N, M]; cosines where the rows are of unit length.</summary>
    public Tensor Similarities() => Embeddings.matmul(References.t());

    /// <summary>Distances [N, M].</summary>
    public Tensor Distances(EmbeddingDistance distance)
    {
        ArgumentNullException.ThrowIfNull(distance);
        return distance.Between(Embeddings, References);
    }

    /// <summary>All pairs of a batch.</summary>
    /// <param name="embeddings">[N, D].</param>
    /// <param name="labels">[N], int64.</param>
    /// <param name="memory">Further references; null or empty for none.</param>
    /// <exception cref="ArgumentException">A shape or type is not as stated.</exception>
    public static PairBatch Create(Tensor embeddings, Tensor labels, LabelledEmbeddings? memory = null)
    {
        LabelledEmbeddings.Require(embeddings, labels);
        var (references, referenceLabels) = (embeddings, labels);
        if (memory is not null && memory.Labels.shape[0] > 0)
        {
            LabelledEmbeddings.Require(memory.Embeddings, memory.Labels);
            if (memory.Embeddings.shape[1] != embeddings.shape[1])
                throw new ArgumentException($"The memory holds vectors of {memory.Embeddings.shape[1]} components, the batch of {embeddings.shape[1]}.", nameof(memory));
            references = cat([embeddings, memory.Embeddings]);
            referenceLabels = cat([labels, memory.Labels]);
        }
        var same = labels.unsqueeze(1).eq(referenceLabels.unsqueeze(0));
        // The first N references are the anchors, so the diagonal pairs each with itself.
        var others = eye(labels.shape[0], referenceLabels.shape[0], dtype: ScalarType.Bool, device: labels.device).logical_not();
        return new PairBatch(embeddings, labels, references, referenceLabels, same.logical_and(others), same.logical_not(), null);
    }

    /// <summary>The same batch without negative pairs within a group, of which nobody can say whether they are negative.</summary>
    /// <param name="groups">[C], int64: the group of each label from 0 to below C.</param>
    /// <exception cref="ArgumentException">The batch has been mined already; a miner must not see what is left out.</exception>
    public PairBatch WithoutNegativesWithin(Tensor groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (Triplets is not null)
            throw new ArgumentException("Triplets were chosen among all pairs.", nameof(groups));
        var apart = groups.index_select(0, Labels).unsqueeze(1).ne(groups.index_select(0, ReferenceLabels).unsqueeze(0));
        return new PairBatch(Embeddings, Labels, References, ReferenceLabels, Positives, Negatives.logical_and(apart), null);
    }

    /// <summary>The same batch with no other pairs than those of some triplets.</summary>
    /// <exception cref="ArgumentException">A triplet names a pair that is not there.</exception>
    public PairBatch Only(Triplets triplets)
    {
        ArgumentNullException.ThrowIfNull(triplets);
        return new PairBatch(Embeddings, Labels, References, ReferenceLabels,
            Chosen(Positives, triplets.Anchors, triplets.Positives), Chosen(Negatives, triplets.Anchors, triplets.Negatives), triplets);
    }

    private static Tensor Chosen(Tensor pairs, IReadOnlyList<long> rows, IReadOnlyList<long> columns)
    {
        var chosen = zeros_like(pairs);
        if (rows.Count != columns.Count)
            throw new ArgumentException($"{rows.Count} anchors and {columns.Count} partners do not make triplets.");
        if (rows.Count == 0)
            return chosen;
        if (rows.Any(row => row < 0 || row >= pairs.shape[0]) || columns.Any(column => column < 0 || column >= pairs.shape[1]))
            throw new ArgumentException($"A triplet names a row or reference outside [{pairs.shape[0]}, {pairs.shape[1]}].");
        chosen.index_put_(tensor(true, device: pairs.device), TensorIndex.Tensor(tensor(rows.ToArray(), device: pairs.device)), TensorIndex.Tensor(tensor(columns.ToArray(), device: pairs.device)));
        return chosen.logical_and(pairs).sum().item<long>() == chosen.sum().item<long>()
            ? chosen
            : throw new ArgumentException("A triplet pairs an anchor with itself, or with a reference of the wrong label.");
    }
}
