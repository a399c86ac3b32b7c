using System.Text.Json;
using Search.Cli.Api;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary>How commands end: 0, or 1 with one clear sentence on the error stream.</summary>
internal static class ConsoleOutput
{
    /// <param name="cancelled">What to say when it was cancelled.</param>
    internal static async Task<int> RunAsync(Func<Task<int>> command, string cancelled = "Cancelled.")
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
        catch (JsonException)
        {
            return Fail("The service's answer can't be read. Is this the address of the search service?");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(cancelled);
        }
    }

    internal static int Fail(string message)
    {
        AnsiConsole.Console.Profile.Out.Writer.Flush();
        Console.Error.WriteLine(message);
        return 1;
    }
}
