using System.Globalization;
using System.Runtime.InteropServices;
using Search.Evaluation.Sweeps;
using Search.Vectors;

namespace Search.Benchmarks.Comparison;

/// <summary>What figures depend on, read from the system: without it they mean nothing to anybody else.</summary>
internal static class ThisMachine
{
    internal static SweepMachine Describe(TimeProvider time) => new(
        Cpu(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30), 1),
        ValueIn("/etc/os-release", "PRETTY_NAME", '=') ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        VectorKernels.Path.ToString(),
        time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>The line of a sweep's file that <see cref="SweepLog"/> reads it from.</summary>
    internal static object Line(SweepMachine machine) => new
    {
        machine = new { cpu = machine.Cpu, cores = machine.Cores, memory_gib = machine.MemoryGiB, os = machine.Os, runtime = machine.Runtime, kernels = machine.Kernels, date = machine.Date },
    };

    /// <summary>Virtual machines often name the maker alone; family and model tell the generations apart.</summary>
    private static string Cpu()
    {
        const string file = "/proc/cpuinfo";
        var (name, family, model) = (ValueIn(file, "model name", ':'), ValueIn(file, "cpu family", ':'), ValueIn(file, "model", ':'));
        return name is null ? RuntimeInformation.ProcessArchitecture.ToString() : family is null ? name : $"{name} (family {family}, model {model})";
    }

    private static string? ValueIn(string file, string key, char separator) =>
        !File.Exists(file) ? null : File.ReadLines(file).Select(line => line.Split(separator, 2)).FirstOrDefault(parts => parts.Length == 2 && parts[0].Trim() == key)?[1].Trim().Trim('"');
}
