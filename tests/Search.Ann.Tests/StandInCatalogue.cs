using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Tests;

/// <summary>The services that know items, verdicts and the active model, as far as this one asks them.</summary>
internal sealed class StandInCatalogue(EmbeddingModelId model)
{
    private readonly ConcurrentDictionary<string, ItemDocument> _items = new();
    private readonly ConcurrentQueue<DistinctPair> _distinct = new();
    private long _revision;

    /// <summary>While it is not completed nobody hears of any item.</summary>
    public TaskCompletionSource Answers { get; set; } = Answering();

    /// <summary>Completed as soon as somebody has asked for items.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(string id, string category, params string[] contents) => _items[id] = new ItemDocument
    {
        Id = id, Revision = ++_revision, Title = $"Title of {id}", Category = category,
        Images = [.. contents.Select((content, number) => new ImageDocument { Number = number, ContentHash = content, Revision = 1, State = ImageState.Indexed })],
    };

    public void Remove(string id) => _items.TryRemove(id, out _);

    public void KeepApart(string one, string other) => _distinct.Enqueue(DistinctPair.Of(one, other));

    public void Register(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddQueryHandler<GetActiveModel, ActiveModel, Handler>("test.get-active-model");
        services.AddQueryHandler<ListItemChanges, ItemChanges, Handler>("test.list-item-changes");
        services.AddQueryHandler<ListDistinctItems, DistinctItems, Handler>("test.list-distinct-items");
    }

    private static TaskCompletionSource Answering()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }

    internal sealed class Handler(StandInCatalogue catalogue)
        : IQueryHandler<GetActiveModel, ActiveModel>, IQueryHandler<ListItemChanges, ItemChanges>, IQueryHandler<ListDistinctItems, DistinctItems>
    {
        public Task<ActiveModel> HandleAsync(GetActiveModel request, CancellationToken cancellation) =>
            Task.FromResult(new ActiveModel { Model = catalogue.Model, Dimension = 0, Preprocessing = "", ExecutionProvider = "cpu" });

        public async Task<ItemChanges> HandleAsync(ListItemChanges request, CancellationToken cancellation)
        {
            catalogue.Asked.TrySetResult();
            await catalogue.Answers.Task.WaitAsync(cancellation);
            // Pages of a few, so that there are several.
            var page = catalogue._items.Values.Where(item => item.Revision > request.AfterRevision).OrderBy(item => item.Revision).Take(7).ToArray();
            return new ItemChanges { Changed = page, Removed = [], LastRevision = page.Length == 0 ? request.AfterRevision : page[^1].Revision };
        }

        public Task<DistinctItems> HandleAsync(ListDistinctItems request, CancellationToken cancellation) =>
            Task.FromResult(new DistinctItems { Pairs = [.. catalogue._distinct.Distinct()] });
    }

    private EmbeddingModelId Model => model;
}
