namespace Search.Embedding;

/// <summary>
/// Who waits for a picture. Wherever work queues, queries go first: a shopper waits for seconds, an import for hours.
/// </summary>
internal enum WorkLane
{
    Query = 0,
    Catalogue = 1,
}
