using MessagePack;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Hosting.Messaging;

namespace Search.Hosting.Tests.Messaging;

/// <summary>Every contract survives the wire: what is sent is what arrives.</summary>
public sealed class SerializationTests
{
    private static readonly EmbeddingModelId Model = new("jewelry@1.0.0+0123456789abcdef");

    private static readonly ItemDocument Item = new()
    {
        Id = "ring-1", Revision = 12, Title = "Ring", Category = "rings", Price = 12.5, Visibility = ItemVisibility.Private,
        Attributes = new Dictionary<string, AttributeValue> { ["metal"] = AttributeValue.Of("gold"), ["carat"] = AttributeValue.Of(0.75) },
        Images = [new ImageDocument { Number = 0, ContentHash = new string('a', 64), PerceptualHash = ulong.MaxValue, State = ImageState.Failed, FailureReason = "no", Revision = 9 }],
    };

    public static TheoryData<object> Messages => new(
    [
        new EmbedImage { Image = [1, 2, 3] },
        new ImageEmbedding { Model = Model, Vector = [0.6f, -0.8f], ContentHash = "c", PerceptualHash = 1UL << 63, DecodeMs = 1.5, EmbedMs = 2 },
        new SearchNeighbours { Model = Model, Vector = [1f], K = 3 },
        new NeighboursFound { Neighbours = [new Neighbour("a/0", 0.5f)], Exhausted = true, DistancesComputed = long.MaxValue },
        new RerankCandidates
        {
            Candidates = [new Neighbour("a/0", 0.5f)], K = 2, Explain = true, QueryItemId = "b",
            Filter = new SearchFilter
            {
                Categories = ["rings"],
                Attributes = new Dictionary<string, IReadOnlyList<AttributeValue>> { ["metal"] = [AttributeValue.Of("gold"), AttributeValue.Of(2)] },
                Ranges = new Dictionary<string, NumberRange> { ["price"] = new() { Gte = 1, Lt = 5 } },
            },
        },
        new RerankedResults { Results = [new RankedItem { Item = Item, ImageNumber = 0, Score = 0.9f, Duplicates = [new FoldedImage("b", 1, 0.8f, "same-item")], Explain = [new RuleTrace("r", "kept", "d")] }] },
        new ItemChanged { Item = Item },
        new ItemChanges { Changed = [Item], Removed = [new ItemRemoved { ItemId = "x", Revision = 4 }], LastRevision = 12 },
        new ListDistinctItems { After = DistinctPair.Of("b", "a"), Limit = 9 },
        new DistinctItems { Pairs = [DistinctPair.Of("a", "c")] },
        new GetActiveModel(),
        new ImageAccepted { ItemId = "a", ImageNumber = 1, Revision = 2, ContentHash = "c", BlobKey = "k" },
        new ImageAccepted { ItemId = "a", ImageNumber = 1, Revision = 2, ContentHash = "c", BlobKey = "k", OnlyModel = Model },
        new ImageEmbeddingFailed { ItemId = "a", ImageNumber = 1, Revision = 2, Type = "t", Reason = "r", Model = Model },
        new ModelAliasesChanged(),
        new ModelsServed { Active = Model, Others = [Model] },
        new ModelList { Models = [new PublishedModelState { Model = Model, PublishedAt = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), Aliases = ["production"], Served = true, Active = false }] },
        new NameCandidate { Model = null, Reason = "r" },
        new ReleaseModel { Model = null, Reason = "r" },
        new CollectionDropped { Model = Model },
        new PromoteModel { Model = Model, Reason = "r", Force = true },
        new RecordVerdict
        {
            Verdict = new ModelVerdict
            {
                Candidate = Model, Production = Model, Source = VerdictSource.Photos, JudgedAt = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), DataHash = "h", Items = 3, Pictures = 4,
                Outcome = VerdictOutcome.Failed, Admits = true, Reasons = ["r"],
                Figures = [new VerdictFigure("m", 3, 0.5, 0.25, 0.25, -0.5, 0.75, [new VerdictCategory("rings", 2, 0.5, 0.25, 0.25, -0.5, 0.75, true, true)])],
            },
        },
        new FillingProgress { Active = null, Models = [new ModelFilling { Model = Model, Pictures = 3, Lacking = 2, Failed = 1, PerSecond = 0.5 }] },
        new StartTrainingJob { Name = "n", Photos = "p", Recipe = "{}", Candidate = true },
        new ListTrainingJobs { After = 7, Limit = 3, State = TrainingJobState.Failed },
        new TrainingJobChanged
        {
            Job = new TrainingJob
            {
                Id = 1, State = TrainingJobState.Running, Name = "n", Version = "1.0.0", Photos = "p", Seed = 1, Candidate = false, Note = "", Attempts = 1, CancelRequested = false,
                CreatedAt = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero), Progress = new("top", 3, 9, 0.5, 20, 1.5), Score = new("top", 2, 0.9, 0.4),
            },
        },
        ServiceProblem.Overloaded("busy"),
    ]);

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_AfterTheWire_IsTheSame(object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var bytes = MessagePackSerializer.Serialize(message.GetType(), message, MessagePackSerialization.Options, TestContext.Current.CancellationToken);

        var back = MessagePackSerializer.Deserialize(message.GetType(), bytes, MessagePackSerialization.Options, TestContext.Current.CancellationToken);

        Assert.Equivalent(message, back, strict: true);
    }

    [Fact]
    public void ModelId_ThatIsNotOne_IsRefusedOnArrival()
    {
        var bytes = MessagePackSerializer.Serialize("nonsense", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Throws<MessagePackSerializationException>(() =>
            MessagePackSerializer.Deserialize<EmbeddingModelId>(bytes, MessagePackSerialization.Options, TestContext.Current.CancellationToken));
    }
}
