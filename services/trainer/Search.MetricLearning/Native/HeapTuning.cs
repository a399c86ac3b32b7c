using System.Runtime.InteropServices;

namespace Search.MetricLearning.Native;

/// <summary>
/// Keeps activations in glibc's heap. By default every block above the mmap threshold is a fresh mapping that goes back
/// to the kernel after the operation, and faulting its pages in again costs more than the arithmetic: training
/// MobileNetV2 at batch 32 runs about twice as fast with these three settings. Speed only; failure is harmless.
/// </summary>
internal static partial class HeapTuning
{
    private const int TrimThreshold = -1;
    private const int MaximumMappings = -4;
    private const int MaximumArenas = -8;

    public static bool Apply()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            // One arena: blocks freed by a worker thread are found again by the next operation's thread.
            return Mallopt(MaximumMappings, 0) != 0 & Mallopt(TrimThreshold, -1) != 0 & Mallopt(MaximumArenas, 1) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false; // musl has no mallopt
        }
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Mallopt(int parameter, int value);
}
