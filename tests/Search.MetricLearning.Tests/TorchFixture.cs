using Search.MetricLearning.Native;
using Search.MetricLearning.Tests;

[assembly: AssemblyFixture(typeof(TorchFixture))]
// libtorch's random generator and thread count belong to the process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Search.MetricLearning.Tests;

/// <summary>Loads libtorch before the first test makes a tensor.</summary>
public sealed class TorchFixture
{
    // One thread: small tensors gain nothing from two, and on a busy machine each operation would wait for the slower one.
    public TorchFixture() => TorchRuntime.Prepare(threads: 1);
}
