using System.CommandLine;
using Search.Trainer.Commands;

namespace Search.Trainer.Quantization;

/// <summary>Publishes the 8-bit version of a published model.</summary>
internal static class QuantizeCommand
{
    public static Command Create()
    {
        var model = new Option<DirectoryInfo>("--model") { Description = "Folder of the float32 model.", Required = true };
        var photos = new Option<DirectoryInfo>("--photos") { Description = "Folder whose sub-folders are categories; the one the model's split was made from.", Required = true };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder to publish into; the model's own with -int8 added if not given." };
        var calibration = new Option<int>("--calibration-photos") { Description = "Training photos to learn the tensors' ranges from.", DefaultValueFactory = _ => 1_200 };
        var bits = new Option<int>("--weight-bits") { Description = "7, right on every processor, or 8 for those with VNNI.", DefaultValueFactory = _ => 7 };
        var command = new Command("quantize", """
            Exports a model in 8 bits; train has exported it in float32 already. Codes weights and activations, calibrated on training photos, judges it beside the float32 model on the held-out ones and writes a model folder.

            Example:
              quantize --model models/jewelry-mobilenetv2-128 --photos PHOTOS
            """)
        {
            model, photos, output, calibration, bits,
        };
        command.Aliases.Add("export");
        command.SetAction(result => CommandRunner.Run(() =>
        {
            var folder = Path.TrimEndingDirectorySeparator(result.GetRequiredValue(model).FullName);
            new QuantizationRun(TimeProvider.System).Run(
                folder, result.GetRequiredValue(photos).FullName, result.GetValue(output)?.FullName ?? folder + "-int8",
                result.GetValue(calibration), new() { WeightBits = result.GetValue(bits) });
        }));
        return command;
    }
}
