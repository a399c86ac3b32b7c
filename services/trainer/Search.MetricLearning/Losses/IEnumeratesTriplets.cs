namespace Search.MetricLearning.Losses;

/// <summary>A loss whose work grows with the triplets, not the pairs, of a batch: with a memory it needs a miner.</summary>
internal interface IEnumeratesTriplets;
