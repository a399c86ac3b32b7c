using System.CommandLine;
using System.Globalization;
using Search.Cli.Api;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary><c>models</c>, <c>candidate</c>, <c>compare</c>, <c>gate</c>, <c>verdict</c>, <c>promote</c>, <c>rollback</c> and <c>release</c>: which model answers searches. They need a key with the scope admin.</summary>
internal static class ModelCommands
{
    internal static Command List()
    {
        var service = new ServiceOptions();
        var command = new Command("models", "Show the published models, what names them and how far their collections are.\n\nExample: search models");
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            return Show(await api.GetModelsAsync(cancellation));
        }));
        return command;
    }

    internal static Command Candidate()
    {
        var model = new Argument<string>("model") { Description = "A model as 'models' lists it, or its beginning; 'none' for no candidate any more." };
        var reason = Reason();
        var service = new ServiceOptions();
        var command = new Command("candidate", "Serve a model beside the active one and fill its collection.\n\nExample: search candidate jewelry-mobilenetv2-128@1.1.0") { model, reason };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var wanted = parsed.GetRequiredValue(model);
            var id = wanted == "none" ? null : Find(await api.GetModelsAsync(cancellation), wanted);
            return Show(await api.ChangeModelsAsync("candidate", new ModelChange(id, parsed.GetValue(reason)), cancellation));
        }));
        return command;
    }

    internal static Command Compare()
    {
        var model = Model();
        var k = new Option<int>("--k") { Description = "How many answers of each are compared, 1 to 100.", DefaultValueFactory = _ => 10 };
        var sample = new Option<int>("--sample") { Description = "Items drawn, 1 to 1,000.", DefaultValueFactory = _ => 200 };
        var service = new ServiceOptions();
        var command = new Command("compare", "Say how alike a model's answers are to those of the active one.\n\nExample: search compare candidate --k 10") { model, k, sample };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var id = Find(await api.GetModelsAsync(cancellation), parsed.GetRequiredValue(model));
            var answer = await api.CompareModelsAsync(id, parsed.GetValue(k), parsed.GetValue(sample), cancellation);
            AnsiConsole.MarkupLineInterpolated($"{answer.Model} and {answer.Active} over {answer.Compared} pictures ({answer.Skipped} left out)");
            if (answer.Compared == 0)
                return ConsoleOutput.Fail("There is nothing to compare: no picture is in both collections yet.");
            AnsiConsole.MarkupLineInterpolated($"overlap@{answer.K} {answer.Overlap:F3} ({answer.Low:F3} to {answer.High:F3}), the same one first {answer.SameFirst:F3}");
            return 0;
        }));
        return command;
    }

    internal static Command Gate()
    {
        var model = Model();
        var service = new ServiceOptions();
        var command = new Command("gate", "Judge a served model beside the active one, on the catalogue. Ends with 1 when this verdict does not admit it.\n\nExample: search gate candidate") { model };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var verdict = await api.JudgeModelAsync(Find(await api.GetModelsAsync(cancellation), parsed.GetRequiredValue(model)), cancellation);
            VerdictTable.Write(AnsiConsole.Console, verdict);
            return verdict.Admits ? 0 : 1;
        }));
        return command;
    }

    internal static Command Verdict()
    {
        var file = new Argument<FileInfo>("file") { Description = "As 'evaluate --previous FOLDER --verdict FILE' wrote it." };
        var service = new ServiceOptions();
        var command = new Command("verdict", "Record a verdict on photos, which promotions heed beside that on the catalogue.\n\nExample: search verdict /tmp/verdict.json") { file };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var list = await api.RecordVerdictAsync(await File.ReadAllBytesAsync(parsed.GetRequiredValue(file).FullName, cancellation), cancellation);
            VerdictTable.Write(AnsiConsole.Console, list.Verdicts[0]);
            return 0;
        }));
        return command;
    }

    internal static Command Promote()
    {
        var model = Model();
        var reason = Reason();
        var force = new Option<bool>("--force") { Description = "Switch although the collection lacks pictures (searches miss them until they are embedded), and whatever the gate says. Needs --reason." };
        var service = new ServiceOptions();
        var command = new Command("promote", "Judge a served model on the catalogue and let it answer searches if the gate admits it. The one before it stays in service for 'rollback'.\n\nExample: search promote candidate --reason \"better rings\"")
        {
            model, reason, force,
        };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var id = Find(await api.GetModelsAsync(cancellation), parsed.GetRequiredValue(model));
            return await PromoteAsync(api, new ModelChange(id, parsed.GetValue(reason), parsed.GetValue(force)), cancellation);
        }));
        return command;
    }

    internal static Command RollBack()
    {
        var reason = Reason();
        var service = new ServiceOptions();
        var command = new Command("rollback", "Let the model before the current one answer searches again, at once.\n\nExample: search rollback --reason \"worse on earrings\"") { reason };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            return Show(await api.ChangeModelsAsync("rollback", new ModelChange(null, parsed.GetValue(reason)), cancellation));
        }));
        return command;
    }

    /// <summary>The service judges; what it recorded is shown whether it went ahead or not.</summary>
    private static async Task<int> PromoteAsync(SearchApi api, ModelChange change, CancellationToken cancellation)
    {
        ModelList? list = null;
        SearchApiException? refusal = null;
        try
        {
            list = await api.ChangeModelsAsync("promote", change, cancellation);
        }
        catch (SearchApiException e) when (e.Status == 409)
        {
            refusal = e;
        }
        // A refusal before the gate (a collection that is not filled) shows what was found out earlier, if anything was.
        if (!change.Force)
        {
            // Newest first, and the newest of each kind counts.
            foreach (var verdict in (await api.GetVerdictsAsync(change.Model!, cancellation)).Verdicts.DistinctBy(verdict => verdict.Source))
                VerdictTable.Write(AnsiConsole.Console, verdict);
        }
        return list is not null ? Show(list) : ConsoleOutput.Fail(refusal!.Message);
    }

    internal static Command Release()
    {
        var model = new Argument<string>("model") { Description = "A model as 'models' lists it, its beginning, or what names it.", DefaultValueFactory = _ => "previous" };
        var reason = Reason();
        var service = new ServiceOptions();
        var command = new Command("release", "Unload a model that is not needed any more and delete its collection; by default the one before the current one, after which there is nothing to roll back to.\n\nExample: search release previous --reason \"the new one has proved itself\"")
        {
            model, reason,
        };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var wanted = parsed.GetRequiredValue(model);
            // Nothing may be previous; the service knows, and has nothing to do then.
            var id = wanted == "previous" ? null : Find(await api.GetModelsAsync(cancellation), wanted);
            return Show(await api.ChangeModelsAsync("release", new ModelChange(id, parsed.GetValue(reason)), cancellation));
        }));
        return command;
    }

    private static Argument<string> Model() => new("model") { Description = "A model as 'models' lists it, its beginning, or what names it: production, candidate, previous." };

    private static Option<string?> Reason() => new("--reason") { Description = "Why, for whoever reads the history." };

    /// <exception cref="SearchApiException">No model, or more than one, is meant.</exception>
    private static string Find(ModelList list, string text)
    {
        var named = list.Models.Where(model => model.Aliases.Contains(text)).ToList();
        var meant = named.Count > 0 ? named : [.. list.Models.Where(model => model.Id.StartsWith(text, StringComparison.Ordinal))];
        return meant.Count == 1
            ? meant[0].Id
            : throw new SearchApiException(404, $"'{text}' means {(meant.Count == 0 ? "none" : "several")} of the published models: {string.Join(", ", list.Models.Select(model => model.Id))}.");
    }

    private static int Show(ModelList list)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("model", "published", "named", "state", "lacking", "a second", "left");
        foreach (var model in list.Models)
        {
            var filling = model.Filling;
            table.AddRow([.. new[]
            {
                model.Id,
                model.PublishedAt.ToString("u", CultureInfo.InvariantCulture),
                string.Join(' ', model.Aliases),
                model.Active ? "answers searches" : model.Served ? "served" : model.Released ? "released" : "published",
                filling is null ? "" : $"{filling.Lacking:N0} of {filling.Pictures:N0}",
                filling?.PerSecond is { } rate ? $"{rate:N1}" : "",
                filling?.SecondsLeft is { } seconds ? $"{TimeSpan.FromSeconds(Math.Ceiling(seconds)):c}" : "",
            }.Select(Markup.Escape)]);
        }
        AnsiConsole.Write(table);
        return 0;
    }
}
