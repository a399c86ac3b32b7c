using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Gateway.Searching;
using Search.Gateway.Tests.Hosting;
using Search.Hosting;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;

namespace Search.Gateway.Tests.Searching;

/// <summary>Pictures on their way to another process; the store is real, the other process is not.</summary>
public sealed class ClaimCheckTests : IDisposable
{
    private const int Threshold = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("claim-check-").FullName;
    private readonly ServiceProvider _services;

    public ClaimCheckTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", _folder)]).Build();
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(configuration).AddSingleton<DataDirectory>().AddBlobStore().BuildServiceProvider();
    }

    private IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(MessagingTransport.RabbitMq, Threshold, false)]
    [InlineData(MessagingTransport.RabbitMq, Threshold + 1, true)]
    [InlineData(MessagingTransport.InMemory, Threshold + 1, false)]
    public async Task Picture_TravelsThroughTheStore_OnlyWhenItIsLargeAndTheServiceElsewhere(MessagingTransport transport, int size, bool throughStore)
    {
        var image = new byte[size];
        Random.Shared.NextBytes(image);
        byte[]? received = null;
        var bus = new Bus(async request =>
        {
            Assert.Equal(throughStore, request.Image is null);
            received = request.Image ?? await Blobs.TryGetAsync(request.BlobKey!, CancellationToken.None);
        });
        await EmbedAsync(bus, transport, image);
        Assert.Equal(image, received);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Picture_InTheStore_IsForgottenAlsoWhenTheQueryFails()
    {
        var bus = new Bus(_ => throw new ServiceProblemException(ServiceProblem.Unavailable("away")));
        await Assert.ThrowsAsync<ServiceProblemException>(() => EmbedAsync(bus, MessagingTransport.RabbitMq, new byte[Threshold + 1]));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Store_ThatDoesNotAnswer_IsWaitedForAsLongAsTheSearchHasTime()
    {
        var bus = new Bus(_ => Task.CompletedTask);
        var problem = await Assert.ThrowsAsync<ServiceProblemException>(
            () => EmbedAsync(bus, MessagingTransport.RabbitMq, new byte[Threshold + 1], new StuckStore(Blobs, nameof(IBlobStore.PutAsync)), TimeSpan.FromMilliseconds(50)));
        Assert.Equal(503, problem.Problem.Status);
    }

    [Fact]
    public async Task Store_ThatDoesNotDelete_HoldsNoAnswerUp() => Assert.NotNull(
        await EmbedAsync(new Bus(_ => Task.CompletedTask), MessagingTransport.RabbitMq, new byte[Threshold + 1], new StuckStore(Blobs, nameof(IBlobStore.DeleteAsync))));

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories);

    private Task<ImageEmbedding> EmbedAsync(IQueryBus bus, MessagingTransport transport, byte[] image, IBlobStore? store = null, TimeSpan? limit = null) =>
        new QueryImages(
            bus, store ?? Blobs, Options.Create(new MessagingOptions { Transport = transport }), Options.Create(new GatewayOptions { ClaimCheckBytes = Threshold }),
            NullLogger<QueryImages>.Instance).EmbedAsync(image, new Deadline(TimeProvider.System, limit ?? TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);

    /// <summary>A store one of whose calls never comes back unless it is cancelled.</summary>
    private sealed class StuckStore(IBlobStore store, string stuck) : IBlobStore
    {
        public async Task PutAsync(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
        {
            await WaitAsync(nameof(PutAsync), cancellation);
            await store.PutAsync(key, bytes, cancellation);
        }

        public Task<bool> TryReplaceAsync(string key, string? expected, ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => store.TryReplaceAsync(key, expected, bytes, cancellation);

        public Task<byte[]?> TryGetAsync(string key, CancellationToken cancellation) => store.TryGetAsync(key, cancellation);

        public Task<VersionedBlob?> TryGetVersionAsync(string key, CancellationToken cancellation) => store.TryGetVersionAsync(key, cancellation);

        public async Task DeleteAsync(string key, CancellationToken cancellation)
        {
            await WaitAsync(nameof(DeleteAsync), cancellation);
            await store.DeleteAsync(key, cancellation);
        }

        private Task WaitAsync(string call, CancellationToken cancellation) => call == stuck ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation) : Task.CompletedTask;
    }

    private sealed class Bus(Func<EmbedImage, Task> receive) : IQueryBus
    {
        public async Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, TimeSpan deadline, CancellationToken cancellation)
            where TRequest : class
            where TResponse : class
        {
            await receive((EmbedImage)(object)request);
            return (TResponse)(object)await new StandInServices().Embed(new EmbedImage(), cancellation);
        }
    }
}
