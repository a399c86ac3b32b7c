namespace Search.Ann.Local.Segments;

/// <summary>How a long computation is done: with what processors have to spare, until it is told to hurry.</summary>
/// <param name="isHurried">From the start.</param>
internal sealed class Pace(bool isHurried, CancellationToken closing) : IDisposable
{
    private readonly CancellationTokenSource _hurry = new();

    private bool IsHurried => isHurried || _hurry.IsCancellationRequested;

    /// <summary>Where others want the processors for long, spare ones may never come: what is left is done beside them from now on.</summary>
    public void Hurry() => _hurry.Cancel();

    /// <summary>Runs work that can be stopped, and called again to go on where it stopped.</summary>
    /// <exception cref="OperationCanceledException">Closing.</exception>
    public void Run(Action<CancellationToken> work)
    {
        if (!IsHurried)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_hurry.Token, closing);
            try
            {
                ModestThread.Run(() => work(stop.Token));
                return;
            }
            catch (OperationCanceledException) when (!closing.IsCancellationRequested)
            {
                // To hurry.
            }
        }
        work(closing);
    }

    /// <summary>Runs work that goes to its end at the pace at which it starts.</summary>
    public T Run<T>(Func<T> work) => IsHurried ? work() : ModestThread.Run(work);

    public void Dispose() => _hurry.Dispose();
}
