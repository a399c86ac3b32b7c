namespace Search.MetricLearning.Training;

/// <summary>One run of the optimiser.</summary>
public record StageOptions
{
    /// <summary>Optimiser steps; 0 leaves the stage out.</summary>
    public required int Steps { get; init; }

    /// <summary>Height and width of the views, pixels, a multiple of 32. Training below the serving size saves time and costs precision: 0.958 against 0.971 at 160 and 224.</summary>
    public required int Side { get; init; }

    /// <summary>Pieces of each category in a batch; each comes in two views.</summary>
    public required int PiecesPerCategory { get; init; }

    /// <summary>Peak learning rate of the convolutions.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Peak learning rate of the embedding head, which starts from nothing and may move faster.</summary>
    public required double HeadLearningRate { get; init; }

    /// <summary>Share of the steps in which the learning rate rises, 0 to 1.</summary>
    public double Warmup { get; init; } = 0.1;

    /// <summary>
    /// Factor of the convolutions' learning rate from each block to the one below it, above 0 to 1: lower blocks see what all pictures have in common and
    /// need less change (Howard and Ruder, 2018, who take 1/2.6 from layer to layer; a block here has two or three). At 0.9 the stem learns at 0.15 of the top's rate; 1, the default, trains all alike.
    /// </summary>
    public double LayerDecay { get; init; } = 1;

    internal void AddErrors(string stage, List<string> errors)
    {
        void Require(bool holds, string what)
        {
            if (!holds)
                errors.Add($"{stage}.{what}");
        }

        Require(Steps >= 0, $"steps is {Steps}, not at least 0");
        Require(Side >= 32 && Side % 32 == 0, $"side is {Side}, not a multiple of 32");
        Require(PiecesPerCategory >= 1, $"piecesPerCategory is {PiecesPerCategory}, not at least 1");
        Require(LearningRate > 0, $"learningRate is {LearningRate}, not above 0");
        Require(HeadLearningRate > 0, $"headLearningRate is {HeadLearningRate}, not above 0");
        Require(LayerDecay is > 0 and <= 1, $"layerDecay is {LayerDecay}, not above 0 to 1");
        Require(Warmup is >= 0 and <= 1, $"warmup is {Warmup}, not 0 to 1");
    }
}
