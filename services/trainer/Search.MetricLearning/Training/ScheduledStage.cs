namespace Search.MetricLearning.Training;

/// <summary>One stage of a run, wherever the recipe says it.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Name">For progress; different for every stage.</param>
/// <param name="FrozenBlocks">Lower blocks that stay as they are.</param>
/// <param name="KeptViews">Views of each photo whose output of the frozen blocks is kept; 0 for fresh views in every step.</param>
/// <param name="Options">Steps, sizes and rates.</param>
internal sealed record ScheduledStage(int Number, string Name, int FrozenBlocks, int KeptViews, StageOptions Options);
