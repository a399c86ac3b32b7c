using System.Globalization;
using Search.Contracts.Messages;
using Search.Hosting;

namespace Search.TrainingJobs.Jobs;

/// <summary>A folder a job, below the service's own.</summary>
internal sealed class JobFolders(DataDirectory data)
{
    private readonly string _root = Path.Combine(data.For("trainer"), "jobs");

    public JobFolder Of(TrainingJob job) => new(Path.Combine(_root, job.Id.ToString(CultureInfo.InvariantCulture)), job);
}
