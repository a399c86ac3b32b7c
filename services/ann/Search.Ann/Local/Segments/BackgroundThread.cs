using System.Runtime.InteropServices;

namespace Search.Ann.Local.Segments;

/// <summary>A thread for work that must not be felt: where processors are short, searches and writes come first.</summary>
internal static partial class BackgroundThread
{
    // Weight 110 against 1,024 of an ordinary thread: it gets a tenth of a processor that is wanted by others, and all of one that is not.
    private const int Niceness = 10;

    public static Task Run(Action work) => Task.Factory.StartNew(
        () =>
        {
            // The runtime leaves priorities alone on Linux, where 0 stands for the calling thread. Elsewhere the thread's own priority counts.
            if (OperatingSystem.IsLinux()) _ = SetPriority(0, 0, Niceness);
            else Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            work();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);
}
