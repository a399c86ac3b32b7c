namespace Search.Trainer;

/// <summary>What the train command was asked for.</summary>
/// <param name="Photos">Folder whose sub-folders are categories.</param>
/// <param name="Catalogue">Catalogue with attributes to train on as well; null for none.</param>
/// <param name="JudgingCatalogue">Another one, to judge attributes by; null leaves that question out.</param>
/// <param name="Weights">ImageNet weights, safetensors: to start from, and to tell by which photos show one piece.</param>
/// <param name="StartFrom">Folder of a published model to go on from instead; null for none.</param>
/// <param name="Output">Folder to publish into.</param>
/// <param name="Recipe">JSON file with training options; null for the defaults.</param>
/// <param name="Provenance">JSON file with what the card says of licence, ingredients and limits; null where nobody has stated them.</param>
/// <param name="Version">Semantic version of the model.</param>
/// <param name="Seed">Seed of the split and of training.</param>
/// <param name="Threads">Threads of one torch operation.</param>
/// <param name="CheckpointEvery">Steps from one checkpoint to the next; 0 for none.</param>
/// <param name="Resume">Whether to go on from one.</param>
/// <param name="Curves">File to write the run's curves into; null for none.</param>
internal sealed record TrainingRequest(
    string Photos, string? Catalogue, string? JudgingCatalogue, string Weights, string? StartFrom, string Output, string? Recipe, string? Provenance, string Version, int Seed, int Threads,
    int CheckpointEvery, bool Resume, string? Curves);
