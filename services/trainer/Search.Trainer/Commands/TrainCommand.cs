using System.CommandLine;
using Search.Trainer.Supervision;

namespace Search.Trainer.Commands;

/// <summary>Trains a model and publishes it into a folder.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var photos = new Option<DirectoryInfo>("--photos") { Description = "Folder whose sub-folders are categories.", Required = true };
        var catalogue = new Option<DirectoryInfo?>("--catalogue") { Description = "Catalogue to train on as well, drawn by the renderer with another seed than the demo's: its attributes can be labels of losses." };
        var judging = new Option<DirectoryInfo?>("--judging-catalogue") { Description = "Catalogue to judge attributes by, e.g. demo. Never the one that is trained on." };
        var weights = new Option<FileInfo>("--weights") { Description = "ImageNet weights to start from, safetensors, batch norm folded.", Required = true };
        var startFrom = new Option<DirectoryInfo?>("--start-from") { Description = "Published float32 model to go on from instead of the ImageNet weights. The recipe's network must be the model's; what the model held out stays held out." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to publish into; its name becomes the model's name.", Required = true };
        var recipe = new Option<FileInfo?>("--recipe") { Description = "JSON with training options that differ from the defaults (see the card's training.options)." };
        var provenance = new Option<FileInfo?>("--provenance") { Description = "JSON with licence, ingredients (what, origin, licence) and limits for the model's card, as in models/provenance.json. Without it the card says that they are not stated." };
        var version = new Option<string>("--model-version") { Description = "Semantic version of the model.", DefaultValueFactory = _ => "1.0.0" };
        var seed = new Option<int>("--seed") { Description = "Seed of the split and of training.", DefaultValueFactory = _ => 1 };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of one operation. On a machine that does other work too, 1 is faster than all cores: every operation waits for its slowest thread.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var checkpointEvery = new Option<int>("--checkpoint-every") { Description = "Steps from one checkpoint to the next; 0 writes none. They lie beside the published folder, in <out>.checkpoints, and go when the model is published.", DefaultValueFactory = _ => 100 };
        var resume = new Option<bool>("--resume") { Description = "Go on from the newest checkpoint, or start if there is none. Everything else must be as the run was started." };
        var curves = new Option<FileInfo?>("--curves") { Description = "File to write the run's curves into, a JSON line a step (loss by term, learning rate, images/s, memory, validation), with a page of the same name (.html) beside it." };
        var supervised = new Option<bool>("--supervised") { Description = "For a program that starts the run: progress as lines of JSON on the output, everything else on the error stream, and the run ends when its input does." };
        var command = new Command("train", """
            Fine-tunes MobileNetV2 into an embedding model, checks the export against ONNX Runtime, judges it on held-out pieces and writes model.onnx, split.json and model.json.

            Example:
              train --photos PHOTOS \
                    --weights WEIGHTS.safetensors \
                    --out models/jewelry-mobilenetv2-128

            The same command with --resume goes on after the run was stopped or killed, with the losses it would have had.
            """)
        {
            photos, catalogue, judging, weights, startFrom, output, recipe, provenance, version, seed, threads, checkpointEvery, resume, curves, supervised,
        };
        command.SetAction((result, cancellation) => Task.FromResult(CommandRunner.Run(() =>
        {
            var request = new TrainingRequest(
                result.GetRequiredValue(photos).FullName,
                result.GetValue(catalogue)?.FullName,
                result.GetValue(judging)?.FullName,
                result.GetRequiredValue(weights).FullName,
                result.GetValue(startFrom)?.FullName,
                result.GetRequiredValue(output).FullName,
                result.GetValue(recipe)?.FullName,
                result.GetValue(provenance)?.FullName,
                result.GetRequiredValue(version),
                result.GetValue(seed),
                result.GetValue(threads),
                result.GetValue(checkpointEvery),
                result.GetValue(resume),
                result.GetValue(curves)?.FullName);
            if (result.GetValue(supervised))
                SupervisedRun.Run(request.Output, TimeProvider.System, (progress, token) => new TrainingRun(TimeProvider.System, progress).Run(request, token), cancellation);
            else
                new TrainingRun(TimeProvider.System).Run(request, cancellation);
        })));
        return command;
    }
}
