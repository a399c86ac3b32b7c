using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Outbox;
using Search.Indexing.Reconciliation;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Reconciliation;

/// <summary>A round a second on a clock of the test's own, over a catalogue of forty indexed pictures.</summary>
public sealed class FillingRoundTests : IAsyncLifetime
{
    private const int Count = 40;
    private const int PerSecond = 3;
    private static readonly EmbeddingModelId s_other = Neighbours.OtherModel;

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Clock _clock = new();
    private readonly List<ImageAccepted> _sent = [];
    private CatalogueDatabase _catalogue = null!;
    private FillingRates _rates = null!;
    private FillingRound _round = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _catalogue = new CatalogueDatabase(_folder["catalogue.db"], _clock, new OutboxSignal(), new ReleaseSignal());
        _rates = new FillingRates(_clock);
        var metrics = new IndexingMetrics(_services.GetRequiredService<IMeterFactory>(), _catalogue);
        var options = Options.Create(new IndexingOptions { ReembedPerSecond = PerSecond });
        _round = new FillingRound(_catalogue, new OutboxPublisher(new Bus(_sent)), _rates, metrics, options, _clock, NullLogger<FillingRound>.Instance);
        await _catalogue.WriteAsync(
            session =>
            {
                for (var i = 0; i < Count; i++)
                {
                    var id = $"ring-{i:00}";
                    ItemIntake.Put(session, id, new ItemMetadata { Title = "t", Category = "c", Attributes = "{}" }, [new Picture(ContentHash.Of([(byte)i]), "image/jpeg")]);
                    var image = session.Images.Find(id, 0)!;
                    session.Images.SetIndexed(image, session.Now);
                    session.ImageModels.SetIndexed(image, Neighbours.Model.Value, session.Now);
                }
                session.ServedModels.Set(Neighbours.Model.Value, [s_other.Value]);
            },
            Stop);
    }

    [Fact]
    public async Task Rounds_SendAtMostTheRateEach_AndNoMoreThanAreAnswered()
    {
        for (var second = 0; second < 10; second++)
        {
            await TickAsync();
            Assert.Equal(Math.Min(PerSecond * (second + 1), PerSecond * FillingRound.SecondsInFlight), _sent.Count);
        }
        await AnswerAsync(2);
        await TickAsync();
        Assert.Equal((PerSecond * FillingRound.SecondsInFlight) + 2, _sent.Count);
        Assert.All(_sent, e => Assert.Equal(s_other, e.OnlyModel));
    }

    [Fact]
    public async Task Rounds_UntilNothingLacks_SendEveryPictureOnce_AndKnowTheirRate()
    {
        var seconds = 0;
        for (; _sent.Count < Count; seconds++)
        {
            await TickAsync();
            await AnswerAsync(PerSecond);
        }
        Assert.Equal((Count + PerSecond - 1) / PerSecond, seconds);
        for (var second = 0; second < 300; second++)
            await TickAsync();
        Assert.Equal(Count, _sent.Select(e => e.ItemId).Distinct().Count());
        Assert.Equal(Count, _sent.Count);
    }

    [Fact]
    public async Task Rate_WhileThreeASecondComeIn_IsThree()
    {
        for (var second = 0; second < 10; second++)
        {
            await TickAsync();
            await AnswerAsync(PerSecond);
        }
        var indexed = 10 * PerSecond;
        Assert.Equal(PerSecond, _rates.PerSecond(s_other.Value, indexed)!.Value, 0.4);
        Assert.Null(_rates.PerSecond("unknown", indexed));
    }

    [Fact]
    public async Task APictureThatIsNotAnswered_IsSentAgainAfterItsTime()
    {
        await TickAsync();
        _clock.Advance(new IndexingOptions().ResendAfter + TimeSpan.FromMinutes(5));
        // The walk goes on to the end before it begins again.
        while (_sent.Count(e => e.ItemId == "ring-00") == 1)
        {
            Assert.True(_sent.Count < 3 * Count);
            await TickAsync();
            await AnswerAsync(PerSecond, except: "ring-00");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _catalogue.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private async Task TickAsync()
    {
        _clock.Advance(FillingRound.Interval);
        await _round.RunAsync(Stop);
    }

    /// <summary>The first that are waited for are indexed.</summary>
    private Task AnswerAsync(int count, string? except = null) => _catalogue.WriteAsync(
        session =>
        {
            var waiting = _sent.Select(e => e.ItemId).Where(id => id != except && session.ImageModels.Find(id, 0, s_other.Value) == ImageState.Accepted);
            foreach (var id in waiting.Distinct().Take(count).ToList())
                session.ImageModels.SetIndexed(session.Images.Find(id, 0)!, s_other.Value, session.Now);
        },
        Stop);

    private sealed class Bus(List<ImageAccepted> sent) : IEventBus
    {
        public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class
        {
            if (message is ImageAccepted accepted)
                sent.Add(accepted);
            return Task.CompletedTask;
        }
    }

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        internal void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;
    }
}
