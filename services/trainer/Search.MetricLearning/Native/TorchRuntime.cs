using TorchSharp;

namespace Search.MetricLearning.Native;

/// <summary>
/// Makes libtorch usable and fast in this process. Call <see cref="Prepare"/> once, before the first tensor exists:
/// afterwards the native library is loaded and can no longer be repaired, and the heap has already been laid out.
/// </summary>
public static class TorchRuntime
{
    /// <summary>Loads libtorch.</summary>
    /// <param name="threads">Threads one operation may use, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="NativeLibraryException">The system's C++ runtime is too old and the repair was not possible.</exception>
    public static void Prepare(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        LibStdCxxCompatibility.Ensure(AppContext.BaseDirectory);
        HeapTuning.Apply();
        torch.set_num_threads(threads);
    }
}
