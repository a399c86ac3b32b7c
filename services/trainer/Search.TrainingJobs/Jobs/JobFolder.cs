using Search.Contracts.Messages;
using Search.Models;

namespace Search.TrainingJobs.Jobs;

/// <summary>What a job has on the disk: files for people, which stay for a while, and the run's work, which goes with it.</summary>
internal sealed class JobFolder(string path, TrainingJob job)
{
    /// <summary>What differs from the default recipe.</summary>
    public string Recipe => Path.Combine(path, "recipe.json");

    /// <summary>A JSON object a step.</summary>
    public string Curves => Path.Combine(path, "curves.jsonl");

    /// <summary>What the run said to people.</summary>
    public string Log => Path.Combine(path, "log.txt");

    /// <summary>The folder that the run publishes into; its name is the model's.</summary>
    public string Model => Path.Combine(Work, job.Name);

    /// <summary>Where the model that the run goes on from is brought.</summary>
    public string Start => Path.Combine(path, "start");

    private string Checkpoints => Model + ".checkpoints";

    // Of its own, since a model may be named log.txt.
    private string Work => Path.Combine(path, "work");

    public void Prepare(string? recipe)
    {
        Directory.CreateDirectory(Work);
        File.WriteAllText(Recipe, recipe ?? "{}");
    }

    /// <summary>A run that ended before anybody heard of it has left a complete model, and no checkpoint to go on from.</summary>
    public bool HasModel()
    {
        try
        {
            var card = ModelCard.Read(Model);
            card.VerifyFile(Model);
            return (card.Name, card.Version) == (job.Name, job.Version);
        }
        catch (InvalidModelException)
        {
            return false;
        }
    }

    public bool HasCheckpoints => Directory.Exists(Checkpoints);

    public void DeleteCheckpoints() => Delete(Checkpoints);

    /// <summary>Checkpoints and the rest of the run's work, tens of megabytes.</summary>
    public void DeleteWork()
    {
        Delete(Work);
        Delete(Start);
    }

    public void DeleteAll() => Delete(path);

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
