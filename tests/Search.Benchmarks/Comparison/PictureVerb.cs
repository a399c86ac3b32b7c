using Search.Evaluation.Charts;
using Search.Evaluation.Sweeps;

namespace Search.Benchmarks.Comparison;

/// <summary><c>picture --input FILE.jsonl --output FILE.svg</c>: what <c>compare</c> or <c>growth</c> wrote, drawn.</summary>
internal static class PictureVerb
{
    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "input", "output");
        var picture = SvgPage.Draw(SweepPicture.Of(SweepLog.Read(File.ReadLines(options.Require("input")))));
        File.WriteAllText(options.Require("output"), picture);
        return Task.FromResult(0);
    }
}
