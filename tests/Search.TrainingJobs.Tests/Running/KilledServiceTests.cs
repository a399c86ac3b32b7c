using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Search.Contracts.Messages;
using Search.Testing;

namespace Search.TrainingJobs.Tests.Running;

/// <summary>The service in a process of its own, so that it can be killed: nobody tells the run to end, and nothing is saved because somebody did.</summary>
public sealed class KilledServiceTests(TrainingData training) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Service_KilledUnderARun_LeavesNoRunBehind_AndGoesOnWithItWhenItIsBack()
    {
        long id;
        using (var killed = await StartAsync())
        {
            using var created = await killed.Http.PostAsJsonAsync(
                new Uri("/v1/training-jobs", UriKind.Relative),
                new JsonObject { ["name"] = "drawn", ["photos"] = TrainingData.Photos, ["recipe"] = JsonNode.Parse(Recipes.Of(60)) }, Stop);
            id = (await created.Content.ReadFromJsonAsync<TrainingJob>(Stop))!.Id;
            await JobService.WaitAsync(killed.Http, id, job => JobService.IsTraining(job) && job.Progress!.Step > 10);
            killed.Kill();
        }
        await Wait.UntilAsync(() => NoRunIsLeft(id));
        using var back = await StartAsync();

        var ended = await JobService.WaitAsync(back.Http, id, JobService.HasEnded);

        Assert.Equal((TrainingJobState.Succeeded, 2), (ended.State, ended.Attempts));
        var steps = (await back.Http.GetStringAsync(new Uri($"/v1/training-jobs/{id}/curves", UriKind.Relative), Stop)).Trim().Split('\n').Select(line => (int)JsonNode.Parse(line)!["step"]!);
        Assert.Equal(Enumerable.Range(1, 60), steps);
    }

    /// <summary>The lock that a run holds beside its output ends with it, and only with it.</summary>
    private bool NoRunIsLeft(long job)
    {
        try
        {
            using var free = new FileStream(JobService.Work(_folder["data"], job, "drawn.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<ServiceProgram> StartAsync()
    {
        var program = new ServiceProgram(JobService.Settings(_folder["data"], training));
        await Wait.UntilAsync(program.IsReadyAsync);
        return program;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private sealed class ServiceProgram : IDisposable
    {
        private readonly Process _process;

        public ServiceProgram(string[] settings)
        {
            var address = $"http://127.0.0.1:{FreePort.Next()}";
            var library = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "services", "trainer", "Search.TrainingJobs", "bin", Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!), "net10.0", "Search.TrainingJobs.dll");
            _process = Process.Start(new ProcessStartInfo("dotnet", [Path.GetFullPath(library), "--urls", address, .. settings]) { Environment = { ["DOTNET_EnableDiagnostics"] = "0" } })!;
            Http = new HttpClient { BaseAddress = new Uri(address) };
        }

        public HttpClient Http { get; }

        public async Task<bool> IsReadyAsync()
        {
            Assert.False(_process.HasExited, "The service ended.");
            try
            {
                using var response = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        /// <summary>kill -9, of this process alone.</summary>
        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        public void Dispose()
        {
            Http.Dispose();
            if (!_process.HasExited)
                Kill();
            _process.Dispose();
        }
    }
}
