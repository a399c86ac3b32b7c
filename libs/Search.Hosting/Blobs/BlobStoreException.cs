namespace Search.Hosting.Blobs;

/// <summary>The blob store can't be reached or refuses to work. Whoever asked is told to come again; the message, with the store's address, is for the log.</summary>
public sealed class BlobStoreException(string message, Exception inner) : IOException(message, inner);
