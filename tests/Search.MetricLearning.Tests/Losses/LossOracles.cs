using Search.MetricLearning.Losses;
using TorchSharp;
using static System.Math;

namespace Search.MetricLearning.Tests.Losses;

/// <summary>Every loss with its default parameters as nested loops over plain numbers, written as the paper prints it.</summary>
internal static class LossOracles
{
    private const double Temperature = 0.1, Margin = 1;

    public static IReadOnlyDictionary<string, Func<LossCase, EmbeddingLoss, double>> ByName { get; } = new Dictionary<string, Func<LossCase, EmbeddingLoss, double>>
    {
        ["contrastive"] = (c, _) => Contrastive(c),
        ["triplet"] = (c, _) => Triplet(c),
        ["n-pair"] = (c, _) => NPair(c),
        ["info-nce"] = (c, _) => InfoNce(c),
        ["supervised-contrastive"] = (c, _) => SupervisedContrastive(c),
        ["lifted-structure"] = (c, _) => Lifted(c),
        ["generalized-lifted-structure"] = (c, _) => GeneralizedLifted(c),
        ["magnet"] = (c, _) => Magnet(c),
        ["arcface"] = (c, loss) => ArcFace(c, Classes(loss)),
        ["proxy-anchor"] = (c, loss) => ProxyAnchor(c, Classes(loss)),
    };

    private static double Contrastive(LossCase c) => Mean(Anchors(c).Select(a =>
        Mean(Positives(c, a).Select(p => 0.5 * Pow(Distance(c, a, p), 2)))
        + Mean(Negatives(c, a).Select(n => 0.5 * Pow(Max(0, Margin - Distance(c, a, n)), 2)))));

    private static double Triplet(LossCase c) => Mean(
        c.Triplets?.Select(t => Max(0, Distance(c, t.A, t.P) - Distance(c, t.A, t.N) + Margin))
        ?? (from a in Anchors(c) from p in Positives(c, a) from n in Negatives(c, a) select Max(0, Distance(c, a, p) - Distance(c, a, n) + Margin)));

    private static double InfoNce(LossCase c) => Mean(
        from a in Anchors(c)
        from p in Positives(c, a)
        let own = Exp(Dot(c, a, p) / Temperature)
        select -Log(own / (own + Negatives(c, a).Sum(n => Exp(Dot(c, a, n) / Temperature)))));

    private static double NPair(LossCase c) => Mean(
        from a in Anchors(c)
        from p in Positives(c, a)
        select Log(1 + Negatives(c, a).GroupBy(n => c.ReferenceLabels[n]).Sum(others =>
            others.Average(n => Exp((Dot(c, a, n) - Dot(c, a, p)) / Temperature)))));

    private static double SupervisedContrastive(LossCase c) => Mean(
        from a in Enumerable.Range(0, c.Rows.Length)
        where Positives(c, a).Any()
        let all = Positives(c, a).Concat(Negatives(c, a)).Sum(o => Exp(Dot(c, a, o) / Temperature))
        select -Mean(Positives(c, a).Select(p => Log(Exp(Dot(c, a, p) / Temperature) / all))));

    private static double Lifted(LossCase c)
    {
        double Sum(int i) => i < c.Rows.Length
            ? Negatives(c, i).Sum(k => Exp(Margin - Distance(c, i, k)))
            : Enumerable.Range(0, c.References.Length).Where(k => c.ReferenceLabels[k] != c.ReferenceLabels[i]).Sum(k => Exp(Margin - Distance(c.References[i], c.References[k])));
        return Mean(from i in Anchors(c) from j in Positives(c, i) select 0.5 * Pow(Max(0, Log(Sum(i) + Sum(j)) + Distance(c, i, j)), 2));
    }

    private static double GeneralizedLifted(LossCase c) => Mean(Anchors(c).Select(a =>
        Max(0, Log(Positives(c, a).Sum(p => Exp(Distance(c, a, p)))) + Log(Negatives(c, a).Sum(n => Exp(Margin - Distance(c, a, n)))))));

    private static double Magnet(LossCase c)
    {
        if (!Enumerable.Range(0, c.Rows.Length).Any(a => Positives(c, a).Any()) || c.Labels.Distinct().Count() == 1)
            return 0;
        using var scope = torch.NewDisposeScope();
        var (clusters, classes) = ClassClusters.Assign(c.Embeddings(), c.Labels, perClass: 2);
        double[][] means = [.. classes.Select((_, k) => Enumerable.Range(0, LossCase.Dimension)
            .Select(x => c.Rows.Where((_, i) => clusters[i] == k).Average(row => row[x])).ToArray())];
        var variance = Max(1e-4, c.Rows.Select((row, i) => Pow(Distance(row, means[clusters[i]]), 2)).Sum() / (c.Rows.Length - 1));
        return c.Rows.Select((row, i) => Max(0,
            Pow(Distance(row, means[clusters[i]]), 2) / (2 * variance) + 1
            + Log(means.Where((_, k) => classes[k] != c.Labels[i]).Sum(mean => Exp(-Pow(Distance(row, mean), 2) / (2 * variance)))))).Average();
    }

    private static double ArcFace(LossCase c, double[][] classes)
    {
        const double scale = 64, margin = 0.5;
        return c.Rows.Select((row, i) =>
        {
            double[] logits = [.. classes.Select((w, k) =>
            {
                var angle = Acos(Cosine(row, w));
                if (k != c.Labels[i])
                    return scale * Cos(angle);
                return scale * (angle + margin < PI ? Cos(angle + margin) : Cos(angle) - margin * Sin(margin));
            })];
            var largest = logits.Max();
            return largest + Log(logits.Sum(l => Exp(l - largest))) - logits[c.Labels[i]];
        }).Average();
    }

    private static double ProxyAnchor(LossCase c, double[][] classes)
    {
        const double scale = 32, margin = 0.1;
        var used = Enumerable.Range(0, classes.Length).Where(k => c.Labels.Contains(k)).ToArray();
        return used.Average(k => Log(1 + c.Rows.Where((_, i) => c.Labels[i] == k).Sum(x => Exp(-scale * (Cosine(x, classes[k]) - margin)))))
            + classes.Select((p, k) => Log(1 + c.Rows.Where((_, i) => c.Labels[i] != k).Sum(x => Exp(scale * (Cosine(x, p) + margin))))).Average();
    }

    /// <summary>Rows with something to draw near and something to push away.</summary>
    private static IEnumerable<int> Anchors(LossCase c) =>
        Enumerable.Range(0, c.Rows.Length).Where(a => Positives(c, a).Any() && Negatives(c, a).Any());

    private static IEnumerable<int> Positives(LossCase c, int a) => Enumerable.Range(0, c.References.Length).Where(p => c.Positive(a, p));

    private static IEnumerable<int> Negatives(LossCase c, int a) => Enumerable.Range(0, c.References.Length).Where(n => c.Negative(a, n));

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(0).Average();

    private static double Distance(LossCase c, int a, int b) => Distance(c.Rows[a], c.References[b]);

    private static double Distance(double[] a, double[] b) => Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double Dot(LossCase c, int a, int b) => Dot(c.Rows[a], c.References[b]);

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Cosine(double[] a, double[] b) => Dot(a, b) / Sqrt(Dot(a, a) * Dot(b, b));

    private static double[][] Classes(EmbeddingLoss loss)
    {
        using var detached = ((ClassLoss)loss).Classes.detach();
        return [.. detached.data<double>().ToArray().Chunk(LossCase.Dimension)];
    }
}
