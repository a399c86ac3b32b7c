using System.Globalization;
using System.Text;

namespace Search.Evaluation.Sweeps;

/// <summary>What a sweep says, as text for a console.</summary>
internal static class ComparisonReport
{
    private static readonly double[] _recalls = [0.9, 0.95, 0.99];

    public static string Of(SweepLog log)
    {
        var text = new StringBuilder();
        if (log.Machine is { } machine) text.Append(machine).Append("\n\n");
        foreach (var set in log.Points.GroupBy(point => point.Set, StringComparer.Ordinal))
        {
            // The count is in no line of an engine; without it bytes are those of the whole index.
            var known = log.Sets.GetValueOrDefault(set.Key);
            Write(text, new SetComparison(known ?? new SweepSet(set.Key, 1, 0), set));
        }
        foreach (var absence in log.Absences.Distinct())
            text.Append(CultureInfo.InvariantCulture, $"{absence.Set}: {absence.Engine} is missing: {absence.Reason}\n");
        return text.ToString();
    }

    private static void Write(StringBuilder text, SetComparison comparison)
    {
        var set = comparison.Set;
        text.Append(CultureInfo.InvariantCulture, $"{set.Name}: {set.Count:N0} vectors of {set.Dimension} dimensions; medians of {comparison.Rounds} round(s)\n\n");
        var speeds = new TextTable(["queries a second at recall@10", .. _recalls.Select(Head), "most", "build s", "bytes a vector"]);
        foreach (var engine in comparison.Engines)
        {
            speeds.Add([
                engine, .. _recalls.Select(recall => Text(comparison.QueriesPerSecond(engine, recall), "N0")), Text(comparison.MostRecall(engine), "0.000"),
                Text(comparison.BuildSeconds(engine), "N1"), Text(comparison.BytesAVector(engine), "N0")]);
        }
        text.Append(speeds).Append('\n');
        WriteRatios(text, comparison);
        var goals = new TextTable("figure", "reached", "wanted", "");
        foreach (var goal in Goal.Of(comparison))
            goals.Add(goal.Name, Text(goal.Reached, "0.00"), (goal.IsCeiling ? "<= " : ">= ") + Text(goal.Wanted, "0.00"), goal.IsMet switch { true => "yes", false => "NO", null => "" });
        text.Append(goals).Append('\n');
    }

    private static void WriteRatios(StringBuilder text, SetComparison comparison)
    {
        // Against each graph of the peers that is there, and against the fastest of all.
        foreach (var peer in comparison.Peers.Where(peer => peer == "hnswlib"))
        {
            var ratios = new TextTable([$"ours / {peer}", .. _recalls.Select(Head), "build", "bytes"]);
            foreach (var engine in comparison.Ours)
            {
                ratios.Add([
                    engine, .. _recalls.Select(recall => Text(comparison.Ratio(engine, peer, recall), "0.00")),
                    Text(comparison.BuildRatio(engine, peer), "0.00"), Text(comparison.BytesRatio(engine, peer), "0.00")]);
            }
            text.Append(ratios).Append('\n');
        }
        string?[] fastest = [.. _recalls.Select(recall => comparison.Fastest(comparison.Peers, recall))];
        if (!comparison.Ours.Any() || fastest.All(peer => peer is null)) return;
        var best = new TextTable(["ours / best of the peers", .. _recalls.Zip(fastest, (recall, peer) => $"{Head(recall)} {peer}")]);
        foreach (var engine in comparison.Ours)
            best.Add([engine, .. _recalls.Zip(fastest, (recall, peer) => Text(peer is null ? null : comparison.Ratio(engine, peer, recall), "0.00"))]);
        text.Append(best).Append('\n');
    }

    private static string Head(double recall) => Text(recall, "0.00");

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
