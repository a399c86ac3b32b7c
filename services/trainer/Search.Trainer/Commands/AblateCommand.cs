using System.CommandLine;
using Search.Trainer.Ablation;

namespace Search.Trainer.Commands;

/// <summary>Compares recipes of one budget.</summary>
internal static class AblateCommand
{
    public static Command Create()
    {
        var photos = new Option<DirectoryInfo>("--photos") { Description = "Folder whose sub-folders are categories.", Required = true };
        var weights = new Option<FileInfo>("--weights") { Description = "ImageNet weights to start from, safetensors, batch norm folded.", Required = true };
        var plan = new Option<FileInfo>("--plan") { Description = "JSON: base, what all recipes share, and variants, by name what each changes; the first is the reference.", Required = true };
        var output = new Option<FileInfo?>("--out") { Description = "JSON file for figures and gains, written anew after each variant." };
        var seed = new Option<int>("--seed") { Description = "Seed of the split and of every training.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads") { Description = "Threads of one operation.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var command = new Command("ablate", """
            Trains each variant of a plan with the same budget, weights, split and seed, and prints what each gains over the first, with intervals.

            Example:
              ablate --photos PHOTOS --plan services/trainer/ablations/miners.json \
                     --weights WEIGHTS.safetensors
            """)
        {
            photos, weights, plan, output, seed, threads,
        };
        command.SetAction((result, cancellation) => Task.FromResult(CommandRunner.Run(() => new AblationRun(TimeProvider.System).Run(
            AblationPlan.Read(result.GetRequiredValue(plan).FullName, result.GetValue(seed)),
            result.GetRequiredValue(photos).FullName,
            result.GetRequiredValue(weights).FullName,
            result.GetValue(output)?.FullName,
            result.GetValue(threads),
            cancellation))));
        return command;
    }
}
