using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Search.Ann.Local.Segments;

/// <summary>
/// A thread for long computations that must not be felt: where processors are short, searches and writes come first. What runs on it must not start tasks or wake up others: on Linux a thread inherits the
/// scheduling of the one that starts it, so a pool thread started from here would answer searches at the lowest priority for the rest of its life.
/// </summary>
/// <remarks>
/// The runtime may start threads of its own from here: the one that compiles hot methods anew, which ends after some idle seconds, and the one that collects garbage in the background. Both then work when nobody
/// else does, which delays code and memory, not answers.
/// </remarks>
internal static partial class ModestThread
{
    // SCHED_IDLE: what nobody else wants. The lowest niceness still gets slices of some milliseconds so often that the slowest hundredth of searches waits for one.
    private const int Idle = 5;

    public static void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs it there and waits, on the caller's thread, whose priority stays as it is.</summary>
    public static T Run<T>(Func<T> work)
    {
        var (result, failure) = (default(T)!, default(ExceptionDispatchInfo));
        var thread = new Thread(() =>
        {
            try
            {
                if (OperatingSystem.IsLinux()) BeModest();
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            Name = "segments",
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Where that cannot be had, as in a C library that leaves it out, the work is felt and goes on all the same.</summary>
    private static void BeModest()
    {
        try
        {
            // The runtime leaves priorities alone on Linux, where 0 stands for the calling thread.
            _ = SetScheduler(0, Idle, 0);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // As it is.
        }
    }

    /// <param name="priority">A structure of this one number.</param>
    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int thread, int policy, in int priority);
}
