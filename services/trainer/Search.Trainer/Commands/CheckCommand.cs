using System.CommandLine;

namespace Search.Trainer.Commands;

/// <summary>Says what is wrong with a recipe, without torch and without a photo.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var recipe = new Option<FileInfo>("--recipe") { Description = "JSON with training options that differ from the defaults.", Required = true };
        var command = new Command("check", """
            Says everything that is wrong with a recipe, before anything is read or trained. Ends with 0 when a run may start with it.

            Example: check --recipe recipe.json
            """) { recipe };
        command.SetAction((result, _) => Task.FromResult(CommandRunner.Run(() => RecipeFile.Read(result.GetRequiredValue(recipe).FullName, seed: 1))));
        return command;
    }
}
