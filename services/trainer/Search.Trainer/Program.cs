using System.CommandLine;
using Search.Trainer.Commands;

var root = new RootCommand("Trains and judges embedding models for jewelry photos.")
{
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    ViewsCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
