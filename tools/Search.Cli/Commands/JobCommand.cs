using System.CommandLine;
using System.Text.Json;
using Search.Cli.Api;
using Search.Cli.Training;
using Search.Contracts.Messages;

namespace Search.Cli.Commands;

/// <summary><c>job</c>: start, watch and cancel a training job of the service.</summary>
internal static class JobCommand
{
    internal static Command Create() => new("job", """
        Start, watch and cancel training jobs of the service. One runs at a time, the others wait; a restart of the service ends none. They need a key with the scope admin.

        Examples:
          search job start --name jewelry-mobilenetv2-128 --photos jewelry-photos --recipe recipe.json --candidate --watch
          search job start --name jewelry-mobilenetv2-128 --photos more-photos --start-from production --candidate
          search job watch
          search job cancel 7
          search job curves 7 > curves.jsonl
        """)
    {
        Start(),
        Watch(),
        Cancel(),
        File("log", "Print what a job's run said to people.", "search job log 7"),
        File("curves", "Print every step so far as a JSON object a line.", "search job curves 7 | jq .loss"),
        File("recipe", "Print what a job's recipe changes of the default one.", "search job recipe 7 > recipe.json"),
    };

    private static Command Start()
    {
        var name = new Option<string>("--name") { Description = "Name of the model.", Required = true };
        var photos = new Option<string>("--photos") { Description = "Folder whose sub-folders are categories, as the service sees it: a path below its training root.", Required = true };
        var catalogue = new Option<string?>("--catalogue") { Description = "Catalogue below the training root to train on as well." };
        var judging = new Option<string?>("--judging-catalogue") { Description = "Another catalogue below the training root, to judge attributes by." };
        var startFrom = new Option<string?>("--start-from") { Description = "Published model to go on from, by id or alias (production, candidate). Default: the service's weights." };
        var recipe = new Option<FileInfo?>("--recipe") { Description = "JSON file with what differs from the default recipe (docs/training.md)." };
        var version = new Option<string?>("--model-version") { Description = "Semantic version of the model. Default: the next one of that name." };
        var seed = new Option<int>("--seed") { Description = "Seed of the split and of training.", DefaultValueFactory = _ => 1 };
        var candidate = new Option<bool>("--candidate") { Description = "Make the published model the candidate." };
        var note = new Option<string?>("--note") { Description = "Why, for whoever reads the list." };
        var watch = new Option<bool>("--watch") { Description = "Watch it to its end." };
        var service = new ServiceOptions();
        var command = new Command("start", "Queue a training job. What is wrong with it is said at once, all of it.\n\nExample: search job start --name jewelry-mobilenetv2-128 --photos jewelry-photos --watch")
        {
            name, photos, catalogue, judging, startFrom, recipe, version, seed, candidate, note, watch,
        };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var job = await api.StartJobAsync(
                new JobStart(
                    parsed.GetRequiredValue(name), parsed.GetRequiredValue(photos), parsed.GetValue(version), parsed.GetValue(catalogue), parsed.GetValue(judging), parsed.GetValue(startFrom), parsed.GetValue(seed),
                    await RecipeAsync(parsed.GetValue(recipe), cancellation), parsed.GetValue(candidate), parsed.GetValue(note)),
                cancellation);
            Console.WriteLine($"job {job.Id}: {job.Name} {job.Version}");
            return parsed.GetValue(watch) ? await WatchAsync(api, job.Id, cancellation) : 0;
        }));
        return command;
    }

    private static Command Watch()
    {
        var id = new Argument<long?>("job") { Description = "Its number. Default: the one that runs, or else the newest.", DefaultValueFactory = _ => null };
        var service = new ServiceOptions();
        var command = new Command("watch", "Show a job's progress until it ends; 0 when it succeeded. Ctrl+C leaves it alone.\n\nExample: search job watch 7") { id };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            return await WatchAsync(api, parsed.GetValue(id) ?? await CurrentAsync(api, cancellation), cancellation);
        }));
        return command;
    }

    private static Command Cancel()
    {
        var id = Id();
        var service = new ServiceOptions();
        var command = new Command("cancel", "End a job that is queued or running.\n\nExample: search job cancel 7") { id };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            Console.WriteLine(JobText.State(await api.CancelJobAsync(parsed.GetRequiredValue(id), cancellation)));
            return 0;
        }));
        return command;
    }

    private static Command File(string name, string description, string example)
    {
        var id = Id();
        var service = new ServiceOptions();
        var command = new Command(name, $"{description}\n\nExample: {example}") { id };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            await using var output = Console.OpenStandardOutput();
            await api.CopyJobFileAsync(parsed.GetRequiredValue(id), name, output, cancellation);
            return 0;
        }));
        return command;
    }

    private static Argument<long> Id() => new("job") { Description = "Its number, as 'jobs' lists it." };

    private static Task<int> RunAsync(Func<Task<int>> command) => ConsoleOutput.RunAsync(command, "No longer watched; the job goes on. 'search job cancel' ends it.");

    private static async Task<int> WatchAsync(SearchApi api, long id, CancellationToken cancellation)
    {
        var job = await new JobWatch(api, TimeProvider.System).RunAsync(id, cancellation);
        if (job.State != TrainingJobState.Succeeded)
            return ConsoleOutput.Fail($"Job {id} {JobText.State(job)}");
        Console.WriteLine($"published {job.Model}{(job.Reason is null ? "" : $". {job.Reason}")}");
        return 0;
    }

    /// <exception cref="SearchApiException">There is none at all.</exception>
    private static async Task<long> CurrentAsync(SearchApi api, CancellationToken cancellation)
    {
        var running = await api.GetJobsAsync(1, "running", cancellation);
        var newest = running.Jobs.Length > 0 ? running : await api.GetJobsAsync(1, state: null, cancellation);
        return newest.Jobs.Length > 0 ? newest.Jobs[0].Id : throw new SearchApiException(404, "There is no training job; 'search job start' starts one.");
    }

    private static async Task<JsonElement?> RecipeAsync(FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
            return null;
        try
        {
            await using var stream = file.OpenRead();
            return await JsonSerializer.DeserializeAsync<JsonElement>(stream, cancellationToken: cancellation);
        }
        catch (JsonException e)
        {
            throw new SearchApiException(400, $"'{file.FullName}' is not JSON: {e.Message}");
        }
    }
}
