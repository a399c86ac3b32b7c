using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Hosting.Messaging;

namespace Search.Gateway.Tests.Hosting;

/// <summary>
/// The other services as the gateway sees them: what answers its queries. By default a small collection with a picture an item; a test
/// replaces the answer that it is about.
/// </summary>
internal sealed class StandInServices
{
    internal static readonly EmbeddingModelId Model = EmbeddingModelId.Create("stand-in", "1.2.3", "0123456789abcdef");

    internal StandInCollection Collection { get; set; } = StandInCollection.OfRings(60);

    internal Func<EmbedImage, CancellationToken, Task<ImageEmbedding>> Embed { get; set; } = (_, _) => Task.FromResult(new ImageEmbedding
    {
        Model = Model,
        Vector = StandInCollection.Towards(0),
        ContentHash = new string('0', ContentHash.Length),
        PerceptualHash = 0,
        DecodeMs = 1.5,
        EmbedMs = 2.5,
    });

    internal Func<CancellationToken, Task<ActiveModel>> Active { get; set; } = _ => Task.FromResult(new ActiveModel
    {
        Model = Model,
        Dimension = StandInCollection.Dimension,
        Preprocessing = "none",
        ExecutionProvider = "cpu",
    });

    internal Func<CancellationToken, Task<CatalogueStatus>> Catalogue { get; set; } = _ => Task.FromResult(new CatalogueStatus
    {
        Total = 10,
        Accepted = 1,
        Embedded = 2,
        Indexed = 6,
        Failed = 1,
    });

    internal Func<CancellationToken, Task<IndexStatus>> Index { get; set; } = _ => Task.FromResult(new IndexStatus
    {
        Collections = [new CollectionStatus { Model = Model, Index = "hnsw", Count = 60, Dimension = StandInCollection.Dimension }],
    });

    /// <summary>A model that is served beside the active one, its collection filled.</summary>
    internal static readonly EmbeddingModelId Other = EmbeddingModelId.Create("stand-in", "2.0.0", "fedcba9876543210");

    internal Func<FillingProgress> Filling { get; set; } = () => Progress(lacking: 0);

    /// <summary>What judging comes to; every verdict that was recorded is in <see cref="Recorded"/>.</summary>
    internal Func<JudgeModels, ModelVerdict> Judge { get; set; } = request => Verdict(request, VerdictOutcome.Passed);

    internal ConcurrentQueue<ModelVerdict> Recorded { get; } = [];

    internal static ModelVerdict Verdict(JudgeModels request, VerdictOutcome outcome) => new()
    {
        Candidate = request.Candidate, Production = request.Production, Source = VerdictSource.Catalogue, JudgedAt = new(2030, 1, 3, 0, 0, 0, TimeSpan.Zero), DataHash = new string('0', 64),
        Items = 60, Pictures = 60, Outcome = outcome, Admits = outcome == VerdictOutcome.Passed, Reasons = ["because"],
        Figures = [new VerdictFigure("category mAP", 60, 0.75, 0.5, 0.25, 0.125, 0.5, [new VerdictCategory("rings", 60, 0.75, 0.5, 0.25, 0.125, 0.500001, true, false)])],
    };

    /// <summary>Every change of models that was asked for.</summary>
    internal ConcurrentQueue<object> Changes { get; } = [];

    internal static FillingProgress Progress(long lacking, double? perSecond = null) => new()
    {
        Active = Model,
        Models = [new ModelFilling { Model = Other, Pictures = 60, Lacking = lacking, Failed = 0, PerSecond = perSecond, SecondsLeft = lacking / perSecond }],
    };

    internal Func<SearchNeighbours, CancellationToken, Task<NeighboursFound>>? Neighbours { get; set; }

    internal Func<RerankCandidates, CancellationToken, Task<RerankedResults>>? Rerank { get; set; }

    internal void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddQueryHandler<EmbedImage, ImageEmbedding, Handlers>("test.embed");
        services.AddQueryHandler<GetActiveModel, ActiveModel, Handlers>("test.active");
        services.AddQueryHandler<GetItemVectors, ItemVectors, Handlers>("test.vectors");
        services.AddQueryHandler<GetItem, ItemDocument, Handlers>("test.item");
        services.AddQueryHandler<SearchNeighbours, NeighboursFound, Handlers>("test.neighbours");
        services.AddQueryHandler<RerankCandidates, RerankedResults, Handlers>("test.rerank");
        services.AddQueryHandler<GetCatalogueStatus, CatalogueStatus, Handlers>("test.catalogue");
        services.AddQueryHandler<GetIndexStatus, IndexStatus, Handlers>("test.index");
        services.AddQueryHandler<GetFillingProgress, FillingProgress, Handlers>("test.filling");
        services.AddQueryHandler<GetModels, ModelList, Handlers>("test.models");
        services.AddQueryHandler<NameCandidate, ModelList, Handlers>("test.candidate");
        services.AddQueryHandler<PromoteModel, ModelList, Handlers>("test.promote");
        services.AddQueryHandler<RollBackModel, ModelList, Handlers>("test.rollback");
        services.AddQueryHandler<ReleaseModel, ModelList, Handlers>("test.release");
        services.AddQueryHandler<JudgeModels, ModelVerdict, Handlers>("test.judge");
        services.AddQueryHandler<RecordVerdict, VerdictList, Handlers>("test.record");
        services.AddQueryHandler<GetVerdicts, VerdictList, Handlers>("test.verdicts");
        services.AddQueryHandler<SampleItems, ItemSample, Handlers>("test.sample");
    }

    private sealed class Handlers(StandInServices services) :
        IQueryHandler<EmbedImage, ImageEmbedding>,
        IQueryHandler<GetActiveModel, ActiveModel>,
        IQueryHandler<GetItemVectors, ItemVectors>,
        IQueryHandler<GetItem, ItemDocument>,
        IQueryHandler<SearchNeighbours, NeighboursFound>,
        IQueryHandler<RerankCandidates, RerankedResults>,
        IQueryHandler<GetCatalogueStatus, CatalogueStatus>,
        IQueryHandler<GetIndexStatus, IndexStatus>,
        IQueryHandler<GetFillingProgress, FillingProgress>,
        IQueryHandler<GetModels, ModelList>,
        IQueryHandler<NameCandidate, ModelList>,
        IQueryHandler<PromoteModel, ModelList>,
        IQueryHandler<RollBackModel, ModelList>,
        IQueryHandler<ReleaseModel, ModelList>,
        IQueryHandler<JudgeModels, ModelVerdict>,
        IQueryHandler<RecordVerdict, VerdictList>,
        IQueryHandler<GetVerdicts, VerdictList>,
        IQueryHandler<SampleItems, ItemSample>
    {
        public Task<ImageEmbedding> HandleAsync(EmbedImage request, CancellationToken cancellation) => services.Embed(request, cancellation);

        public Task<ActiveModel> HandleAsync(GetActiveModel request, CancellationToken cancellation) => services.Active(cancellation);

        public Task<ItemVectors> HandleAsync(GetItemVectors request, CancellationToken cancellation) =>
            Task.FromResult(services.Collection.VectorsOf(request.ItemId));

        public Task<ItemDocument> HandleAsync(GetItem request, CancellationToken cancellation) =>
            Task.FromResult(services.Collection.Find(request.ItemId)
                ?? throw new ServiceProblemException(ServiceProblem.NotFound("Unknown item", "The catalogue does not have it.")));

        public Task<NeighboursFound> HandleAsync(SearchNeighbours request, CancellationToken cancellation) =>
            services.Neighbours?.Invoke(request, cancellation) ?? Task.FromResult(services.Collection.Nearest(request));

        public Task<RerankedResults> HandleAsync(RerankCandidates request, CancellationToken cancellation) =>
            services.Rerank?.Invoke(request, cancellation) ?? Task.FromResult(services.Collection.Rerank(request));

        public Task<CatalogueStatus> HandleAsync(GetCatalogueStatus request, CancellationToken cancellation) => services.Catalogue(cancellation);

        public Task<IndexStatus> HandleAsync(GetIndexStatus request, CancellationToken cancellation) => services.Index(cancellation);

        public Task<FillingProgress> HandleAsync(GetFillingProgress request, CancellationToken cancellation) => Task.FromResult(services.Filling());

        public Task<ModelList> HandleAsync(GetModels request, CancellationToken cancellation) => Task.FromResult(List());

        public Task<ModelList> HandleAsync(NameCandidate request, CancellationToken cancellation) => Changed(request);

        public Task<ModelList> HandleAsync(PromoteModel request, CancellationToken cancellation) => Changed(request);

        public Task<ModelList> HandleAsync(RollBackModel request, CancellationToken cancellation) => Changed(request);

        public Task<ModelList> HandleAsync(ReleaseModel request, CancellationToken cancellation) => Changed(request);

        public Task<ModelVerdict> HandleAsync(JudgeModels request, CancellationToken cancellation) => Task.FromResult(services.Judge(request));

        public Task<VerdictList> HandleAsync(RecordVerdict request, CancellationToken cancellation)
        {
            services.Recorded.Enqueue(request.Verdict);
            return HandleAsync(new GetVerdicts { Candidate = request.Verdict.Candidate }, cancellation);
        }

        public Task<VerdictList> HandleAsync(GetVerdicts request, CancellationToken cancellation) =>
            Task.FromResult(new VerdictList { Verdicts = [.. services.Recorded.Where(verdict => verdict.Candidate == request.Candidate).Reverse()] });

        public Task<ItemSample> HandleAsync(SampleItems request, CancellationToken cancellation) =>
            Task.FromResult(new ItemSample { ItemIds = [.. Enumerable.Range(0, request.Count).Select(i => StandInCollection.Item(i, "rings").Id)] });

        private Task<ModelList> Changed(object request)
        {
            services.Changes.Enqueue(request);
            return Task.FromResult(List());
        }

        private static ModelList List() => new()
        {
            Models =
            [
                new PublishedModelState { Model = Model, PublishedAt = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), Aliases = ["production"], Served = true, Active = true },
                new PublishedModelState { Model = Other, PublishedAt = new(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), Aliases = ["candidate"], Served = true, Active = false },
            ],
        };
    }
}
