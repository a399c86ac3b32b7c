namespace Search.TrainingJobs.Running;

/// <summary>What a job's runs said to people, up to a size. One writer at a time.</summary>
internal sealed class JobLog : IDisposable
{
    private readonly StreamWriter _file;
    private readonly long _maxBytes;
    private bool _full;

    public JobLog(string path, long maxBytes)
    {
        _maxBytes = maxBytes;
        _file = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
    }

    public void Write(string line)
    {
        if (_full)
            return;
        if (_file.BaseStream.Position + line.Length >= _maxBytes)
        {
            _full = true;
            line = "The log is full; the rest is left out.";
        }
        _file.WriteLine(line);
    }

    public void Dispose() => _file.Dispose();
}
