namespace Search.Trainer.Supervision;

/// <summary>Lets one run at a time write into a folder and beside it. It ends with the process, whatever ends that.</summary>
internal static class RunLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="TrainerException">Another run has held it for all of <paramref name="patience"/>.</exception>
    public static IDisposable Take(string output, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.TrimEndingDirectorySeparator(output) + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (time.GetElapsedTime(start) < patience)
            {
                cancellation.WaitHandle.WaitOne(s_pause);
                cancellation.ThrowIfCancellationRequested();
            }
            catch (IOException e)
            {
                throw new TrainerException($"Another run writes into '{output}' ({e.Message}). End it first.");
            }
        }
    }
}
