using Search.MetricLearning.Native;
using Search.MetricLearning.Tests;

[assembly: AssemblyFixture(typeof(TorchFixture))]
// libtorch's random generator and thread count belong to the process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Search.MetricLearning.Tests;

/// <summary>Loads libtorch before the first test makes a tensor.</summary>
public sealed class TorchFixture
{
    public TorchFixture() => TorchRuntime.Prepare(threads: 2);
}
