using System.Globalization;
using System.Text.Json.Nodes;
using Search.Benchmarks.Ann;
using Search.Evaluation.Sweeps;

namespace Search.Benchmarks.Comparison;

/// <summary>
/// <c>compare --sets DIR --set NAME[,NAME] --peers DIR [--rounds 2] [--engines ours-hnsw,hnswlib,...] [--efforts 10,20,...] [--minutes 30] [--output FILE.jsonl]</c>: our engines and the peers in turn, each in a process
/// of its own, as many rounds as asked for; every line of theirs with the round goes to the output, and the comparison at equal recall is printed. <c>compare --input FILE.jsonl</c> prints it of lines that are there.
/// </summary>
internal static class CompareVerb
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sets", "set", "peers", "rounds", "engines", "efforts", "minutes", "output", "input");
        if (options.Find("input") is { } input)
        {
            Console.Write(ComparisonReport.Of(SweepLog.Read(File.ReadLines(input))));
            return 0;
        }
        var sets = Path.GetFullPath(options.Require("sets"));
        var names = options.Require("set").Split(',');
        var contenders = Chosen([.. OurEngines.All(options.Find("efforts")), .. PeerEngines.All(options.Require("peers"), options.Find("efforts"))], options.Find("engines"));
        var shapes = names.Select(name => VectorSet.ReadShape(sets, name)).ToArray();

        var log = new SweepWriter(options.Find("output"));
        using (log)
        {
            log.Write(ThisMachine.Line(ThisMachine.Describe(TimeProvider.System)));
            foreach (var (name, count, dimension) in shapes)
                log.Write(new { set = name, count, dimension });
            var run = new Run(log, sets, TimeSpan.FromMinutes(options.Number("minutes", 30)));
            var ready = await run.ReadyAsync(contenders, names);
            await run.AllAsync(ready, names, options.Number("rounds", 2));
        }
        Console.Write(ComparisonReport.Of(SweepLog.Read(log.Lines)));
        return 0;
    }

    private static Contender[] Chosen(Contender[] all, string? names)
    {
        if (names is null) return all;
        var known = all.ToDictionary(contender => contender.Name, StringComparer.Ordinal);
        // A name of FAISS has a comma of its own.
        return [.. names.Replace("IVF1024,Flat", "IVF1024;Flat", StringComparison.Ordinal).Split(',').Select(name => name.Replace(';', ',')).Select(name =>
            known.TryGetValue(name, out var contender) ? contender : throw new ArgumentException($"'{name}' is no engine; there are {string.Join(" ", known.Keys)}.", nameof(names)))];
    }

    private sealed class Run(SweepWriter log, string sets, TimeSpan limit)
    {
        internal async Task<Contender[]> ReadyAsync(Contender[] contenders, string[] names)
        {
            var ready = new List<Contender>();
            foreach (var contender in contenders)
            {
                if (await contender.MissingAsync() is not { } reason)
                {
                    ready.Add(contender);
                    continue;
                }
                Say($"{contender.Name} is left out: {reason}");
                foreach (var name in names)
                    log.Write(new { engine = contender.Name, set = name, skipped = reason });
            }
            return [.. ready];
        }

        internal async Task AllAsync(Contender[] contenders, string[] names, int rounds)
        {
            var plan = names.SelectMany(name => Enumerable.Range(1, rounds).SelectMany(round => contenders.Select(contender => (Name: name, Round: round, Contender: contender)))).ToArray();
            var took = new Dictionary<(string Name, string Engine), TimeSpan>();
            for (var i = 0; i < plan.Length; i++)
            {
                var (name, round, contender) = plan[i];
                // What has run once on a set takes as long again; of the others nothing is known.
                var left = plan.Skip(i).Sum(next => took.GetValueOrDefault((next.Name, next.Contender.Name)).TotalMinutes);
                Say(string.Create(CultureInfo.InvariantCulture, $"[{i + 1} of {plan.Length}{(left >= 1 ? $", at least {left:0} min left" : "")}] {name}, round {round}: {contender.Name}"));
                took[(name, contender.Name)] = await OneAsync(contender, name, round);
            }
        }

        private async Task<TimeSpan> OneAsync(Contender contender, string name, int round)
        {
            var points = 0;
            string? damage = null;
            var end = await ProgramRun.RunAsync(contender.Program, contender.Arguments(sets, name), limit, line =>
            {
                try
                {
                    if (SweepLog.TryReadPoint(line) is null) return;
                    var kept = JsonNode.Parse(line)!.AsObject();
                    kept["round"] = round;
                    log.Write(kept);
                    points++;
                }
                catch (InvalidDataException e)
                {
                    damage = e.Message;
                }
            });
            var failure = end.Failure ?? damage ?? (points == 0 ? "it printed no result" : null);
            Say($"    {points} points in {end.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s{(failure is null ? "" : ": " + failure)}");
            if (failure is not null) log.Write(new { engine = contender.Name, set = name, round, skipped = failure });
            return end.Elapsed;
        }

        private static void Say(string text) => Console.Error.WriteLine(text);
    }
}
