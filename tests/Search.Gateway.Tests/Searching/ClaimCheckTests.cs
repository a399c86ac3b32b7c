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

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories);

    private Task<ImageEmbedding> EmbedAsync(IQueryBus bus, MessagingTransport transport, byte[] image) =>
        new QueryImages(
            bus, Blobs, Options.Create(new MessagingOptions { Transport = transport }), Options.Create(new GatewayOptions { ClaimCheckBytes = Threshold }),
            NullLogger<QueryImages>.Instance).EmbedAsync(image, new Deadline(TimeProvider.System, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);

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
