namespace Search.Indexing.Import;

/// <summary>Where a line says that a picture is.</summary>
internal abstract record PictureSource
{
    /// <summary>Bytes of memory that the source itself keeps.</summary>
    internal virtual int Weight => 0;
}

/// <summary>A file under the import root.</summary>
internal sealed record PathSource(string Path) : PictureSource;

/// <summary>Sent ahead with POST /v1/uploads.</summary>
internal sealed record UploadSource(string UploadId) : PictureSource;

/// <summary>In the line itself.</summary>
internal sealed record InlineSource(byte[] Bytes) : PictureSource
{
    internal override int Weight => Bytes.Length;
}
