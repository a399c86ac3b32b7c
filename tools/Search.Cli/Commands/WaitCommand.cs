using System.CommandLine;
using System.Diagnostics;

namespace Search.Cli.Commands;

/// <summary><c>wait</c>: until the service is ready.</summary>
internal static class WaitCommand
{
    internal static Command Create()
    {
        var seconds = new Option<int>("--timeout") { Description = "Seconds to wait at most.", DefaultValueFactory = _ => 120 };
        var service = new ServiceOptions();
        var command = new Command("wait", "Wait until the service is ready to answer searches.\n\nExample: search wait --timeout 60 && search status") { seconds };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var started = Stopwatch.GetTimestamp();
            while (!await api.IsReadyAsync(cancellation))
            {
                if (Stopwatch.GetElapsedTime(started).TotalSeconds > parsed.GetValue(seconds))
                    return ConsoleOutput.Fail($"The service at {api.Address} did not become ready within {parsed.GetValue(seconds)} s; {new Uri(api.Address, "/health/ready")} says what it waits for.");
                await Task.Delay(100, cancellation);
            }
            return 0;
        }));
        return command;
    }
}
