// Meters are found by name in the whole process: two services side by side would report each other's figures.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
