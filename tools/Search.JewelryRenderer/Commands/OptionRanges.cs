using System.CommandLine;

namespace Search.JewelryRenderer.Commands;

/// <summary>Range checks that name the option and the range.</summary>
internal static class OptionRanges
{
    public static Option<int> InRange(this Option<int> option, int low, int high)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < low || value > high))
                result.AddError($"{option.Name} must be from {low} to {high}, not {value}.");
        });
        return option;
    }
}
