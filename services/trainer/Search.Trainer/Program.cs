using System.CommandLine;
using Search.Trainer.Commands;
using Search.Trainer.Quantization;

var root = new RootCommand("Trains and judges embedding models for jewelry photos.")
{
    TrainCommand.Create(),
    CheckCommand.Create(),
    EvaluateCommand.Create(),
    AblateCommand.Create(),
    ViewsCommand.Create(),
    QuantizeCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
