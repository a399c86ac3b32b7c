using Search.Cli.Api;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary>How commands end: 0, or 1 with one clear sentence on the error stream.</summary>
internal static class ConsoleOutput
{
    internal static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (SearchApiException e)
        {
            return Fail(e.Message);
        }
        catch (HttpRequestException e)
        {
            return Fail($"The service can't be reached: {e.Message} Start it with ./run.sh, or name its address with --url.");
        }
        catch (IOException e)
        {
            return Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail("Cancelled. What was sent so far is kept; the same command goes on where it stopped.");
        }
    }

    internal static int Fail(string message)
    {
        AnsiConsole.Console.Profile.Out.Writer.Flush();
        Console.Error.WriteLine(message);
        return 1;
    }
}
