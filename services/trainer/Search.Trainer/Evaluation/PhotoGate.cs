using System.Security.Cryptography;
using System.Text;
using Search.Contracts;
using Search.Contracts.Verdicts;
using Search.Evaluation.Gate;
using Search.Trainer.Photos;

namespace Search.Trainer.Evaluation;

/// <summary>Judges a candidate beside another model by what both answered to the same questions about photos that training never saw.</summary>
internal sealed class PhotoGate(ModelJudge judge, PhotoSplit split, TimeProvider time)
{
    /// <summary>Those whose queries are the held-out photos, or views of them.</summary>
    public static IReadOnlyCollection<string> Questions { get; } = [Question.Category.Id, Question.CategoryAmongUnseen.Id, Question.Shopper.Id];

    public ModelVerdict Judge(
        (EmbeddingModelId Id, JudgedModel Answers) candidate, (EmbeddingModelId Id, JudgedModel Answers) production, IReadOnlyList<GateMetric> metrics, GatePolicy policy)
    {
        var result = GateJudge.Judge([.. metrics.Select(metric => Evidence(metric, candidate.Answers, production.Answers))], judge.Categories, policy);
        int[] photos = [.. split.Training.Concat(split.HeldOut)];
        return new ModelVerdict
        {
            Candidate = candidate.Id,
            Production = production.Id,
            Source = VerdictSource.Photos,
            JudgedAt = time.GetUtcNow(),
            DataHash = DataHash(),
            Items = photos.Select(photo => split.Groups[photo]).Distinct().Count(),
            Pictures = photos.Length,
            Outcome = (VerdictOutcome)(int)result.Outcome,
            Admits = result.Outcome == GateOutcome.Passed,
            Reasons = [.. result.Reasons],
            Figures = [.. result.Figures.Select(Describe)],
        };
    }

    /// <summary>A query is a piece: what its photos got is averaged, since they are alike and count as one.</summary>
    private GateEvidence Evidence(GateMetric metric, JudgedModel candidate, JudgedModel production)
    {
        var question = judge.Questions.Index().First(question => question.Item.Id == metric.Question).Index;
        var (mine, its) = (candidate.Reports[question], production.Reports[question]);
        if (!mine.Answers.Select(answer => answer.Query).SequenceEqual(its.Answers.Select(answer => answer.Query)))
            throw new TrainerException($"The models did not answer the same queries of '{metric.Question}'.");
        var values = mine.Answers.Zip(mine.ValuesOf(metric.Measure.Name), its.ValuesOf(metric.Measure.Name)).GroupBy(answer => split.Groups[split.HeldOut[answer.First.Query]]);
        return new GateEvidence(metric.Name,
            [.. values.Select(piece => new GateCase(judge.CategoryOf(split.HeldOut[piece.First().First.Query]), piece.Average(answer => answer.Second), piece.Average(answer => answer.Third)))]);
    }

    private string DataHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in split.Training.Select(photo => (Side: "training", Photo: photo)).Concat(split.HeldOut.Select(photo => (Side: "held out", Photo: photo)))
            .Select(photo => $"{photo.Side}\n{judge.Categories[judge.CategoryOf(photo.Photo)]}\n{judge.HashOf(photo.Photo)}\n").Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static VerdictFigure Describe(GateFigure figure) => new(
        figure.Metric, figure.Queries, figure.Candidate, figure.Production, figure.Gain.Mean, figure.Gain.Lower, figure.Gain.Upper,
        [.. figure.Categories.Select(category => new VerdictCategory(
            category.Name, category.Queries, category.Candidate, category.Production, category.Gain.Mean, category.Gain.Lower, category.Gain.Upper, category.Counted, category.Worse))]);
}
