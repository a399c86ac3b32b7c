using System.CommandLine;
using System.Globalization;
using Search.Cli.Api;
using Search.Cli.Groups;

namespace Search.Cli.Commands;

/// <summary><c>duplicates</c>: items that look the same, and what people decided about them.</summary>
internal static class DuplicatesCommand
{
    internal static Command Create()
    {
        var threshold = new Option<double>("--threshold") { Description = "Least cosine of any two items in a group, above 0 and at most 1. What is a duplicate depends on the model: look at the groups.", DefaultValueFactory = _ => 0.98 };
        var apart = Pair("--not", "Remember that these two are not duplicates, and do nothing else.");
        var forget = Pair("--forget", "Forget that these two are not duplicates, and do nothing else.");
        var verdicts = new Option<bool>("--verdicts") { Description = "List the pairs that are not duplicates, and do nothing else." };
        var options = new GroupOptions();
        var command = new Command("duplicates", """
            Find groups of items that look the same. Ends with 0 whether there are any or not, and with 1 when the service did not answer.

            Examples:
              search duplicates
              search duplicates --threshold 0.95 --category rings      variants of one design as well
              search duplicates --html duplicates.html           a page with pictures, to look through
              search duplicates --not ring-0042 ring-0107        they only look alike; they share no group from now on
              search duplicates --forget ring-0042 ring-0107
              search duplicates --json | jq .duplicates.items[].id
            """) { threshold, apart, forget, verdicts };
        options.AddTo(command);
        command.Validators.Add(parsed =>
        {
            if (new Option[] { apart, forget, verdicts }.Count(option => parsed.GetResult(option) is { Implicit: false }) > 1)
                parsed.AddError("--not, --forget and --verdicts exclude each other.");
        });
        command.SetAction((parsed, cancellation) =>
            parsed.GetValue(apart) is { Length: 2 } two ? JudgeAsync(options.Connect(parsed), two, apart: true, cancellation)
            : parsed.GetValue(forget) is { Length: 2 } those ? JudgeAsync(options.Connect(parsed), those, apart: false, cancellation)
            : parsed.GetValue(verdicts) ? ListAsync(options.Connect(parsed), cancellation)
            : options.RunAsync(
                parsed,
                string.Create(CultureInfo.InvariantCulture, $"duplicates?threshold={parsed.GetValue(threshold)}"),
                answer => GroupTables.Duplicates(answer.Found.Select(line => line.Duplicates).OfType<DuplicateGroup>()),
                answer => $"{answer.Found.Count:N0} groups with {answer.Found.Sum(line => line.Duplicates?.Items.Count ?? 0):N0} items.",
                (sections, answer) => sections.DuplicatesAsync(answer, cancellation),
                cancellation));
        return command;
    }

    private static Option<string[]> Pair(string name, string description) => new(name)
    {
        Description = description, HelpName = "ID ID", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
    };

    private static Task<int> JudgeAsync(SearchApi api, string[] pair, bool apart, CancellationToken cancellation) => ConsoleOutput.RunAsync(async () =>
    {
        using (api)
            await api.JudgeAsync(pair[0], pair[1], apart, cancellation);
        Console.WriteLine(apart ? $"Remembered: {pair[0]} and {pair[1]} are not duplicates." : $"Forgotten: {pair[0]} and {pair[1]} may be duplicates.");
        return 0;
    });

    private static Task<int> ListAsync(SearchApi api, CancellationToken cancellation) => ConsoleOutput.RunAsync(async () =>
    {
        using (api)
        {
            await foreach (var pair in api.DistinctAsync(cancellation))
                Console.WriteLine($"{pair.First} {pair.Second}");
        }
        return 0;
    });
}
