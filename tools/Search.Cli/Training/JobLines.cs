using Search.Contracts.Messages;

namespace Search.Cli.Training;

/// <summary>A line now and then, for a log: every few seconds, and whenever the job comes to something else.</summary>
internal sealed class JobLines(TimeProvider time)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private (TrainingJobState, string?)? _place;
    private string? _text;
    private long _last;

    public void Show(TrainingJob job)
    {
        var (place, text) = ((job.State, job.Progress?.Stage), JobText.State(job));
        if (text == _text || (place == _place && time.GetElapsedTime(_last) < s_interval))
            return;
        (_place, _text, _last) = (place, text, time.GetTimestamp());
        Console.WriteLine(text);
    }
}
