using Search.Imaging;
using Search.MetricLearning.Data;
using Search.Vectors;

namespace Search.MetricLearning.HardNegatives;

/// <summary>
/// Offline mining over the whole set: for each photo the nearest of other pieces under the current model, without those that are likely
/// to be the same thing under another label. A wrongly labelled copy is the hardest negative of all, and learning it undoes the model.
/// Deterministic; holds no state.
/// </summary>
public sealed class HardNegativeMiner(HardNegativeOptions options)
{
    /// <summary>Judges the neighbours of every photo.</summary>
    /// <param name="neighbours">Over the round's embeddings. It only proposes: similarities are computed from the embeddings, and ids that are no photo are passed over.</param>
    /// <exception cref="ArgumentException">Numbers of photos disagree.</exception>
    public HardNegativeSet Mine(MiningRound round, INeighbourSource neighbours)
    {
        ArgumentNullException.ThrowIfNull(round);
        ArgumentNullException.ThrowIfNull(neighbours);
        round.Require();
        var stems = round.Photos.Select(p => (Path.GetDirectoryName(p.Photo.Path), FileNameStem.Of(p.Photo.Path))).ToArray();
        var positives = NearestPositives(round);
        var verdicts = Enum.GetValues<NeighbourVerdict>().ToDictionary(v => v, _ => 0);
        var found = new IReadOnlyList<ScoredId>[round.Count];
        for (var photo = 0; photo < round.Count; photo++)
        {
            var kept = new List<ScoredId>();
            foreach (var neighbour in Compared(round, photo, neighbours.Nearest(round.Embeddings[photo].Span, options.Neighbours)))
            {
                var verdict = Judge(round, stems, photo, (int)neighbour.Id, neighbour.Score - Math.Max(positives[photo], options.FalseNegativeFloor));
                verdicts[verdict]++;
                if (verdict == NeighbourVerdict.HardNegative && kept.Count < options.PerPhoto && kept.All(k => round.Pieces[(int)k.Id] != round.Pieces[(int)neighbour.Id]))
                    kept.Add(neighbour);
            }
            found[photo] = kept;
        }
        return new HardNegativeSet(found, verdicts);
    }

    /// <summary>The proposed photos with their exact cosines, nearest first.</summary>
    private static IEnumerable<ScoredId> Compared(MiningRound round, int photo, IReadOnlyList<ScoredId> proposed) => proposed
        .Where(p => p.Id >= 0 && p.Id < round.Count && p.Id != photo)
        .DistinctBy(p => p.Id)
        .Select(p => new ScoredId(p.Id, VectorKernels.Dot(round.Embeddings[photo].Span, round.Embeddings[(int)p.Id].Span)))
        .Where(p => float.IsFinite(p.Score))
        .Order();

    private NeighbourVerdict Judge(MiningRound round, (string?, string)[] stems, int photo, int other, double nearerThanPositives)
    {
        if (round.Pieces[photo] == round.Pieces[other])
            return NeighbourVerdict.SamePiece;
        var (a, b) = (round.Photos[photo], round.Photos[other]);
        var hashDistance = PerceptualHash.Distance(a.PerceptualHash, b.PerceptualHash);
        if (a.Photo.ContentHash == b.Photo.ContentHash || hashDistance <= options.DuplicateHashDistance
            || (a.Features.Length > 0 && VectorKernels.Dot(a.Features.Span, b.Features.Span) >= options.DuplicateCosine))
            return NeighbourVerdict.NearDuplicate;
        var sameSeries = hashDistance <= options.SeriesHashDistance && stems[photo] == stems[other];
        return sameSeries || nearerThanPositives > options.FalseNegativeMargin ? NeighbourVerdict.LikelyFalseNegative : NeighbourVerdict.HardNegative;
    }

    /// <summary>Cosine of each photo with its nearest positive: another photo of its piece, or a view of itself; +∞ where it has none, since then nothing is known.</summary>
    private static double[] NearestPositives(MiningRound round)
    {
        var nearest = new double[round.Count];
        foreach (var piece in Enumerable.Range(0, round.Count).GroupBy(photo => round.Pieces[photo]))
            foreach (var photo in piece)
                nearest[photo] = piece.Where(other => other != photo)
                    .Select(other => (double)VectorKernels.Dot(round.Embeddings[photo].Span, round.Embeddings[other].Span))
                    .Concat(round.ViewSimilarities.Count > 0 ? [round.ViewSimilarities[photo]] : [])
                    .DefaultIfEmpty(double.PositiveInfinity).Max();
        return nearest;
    }
}
