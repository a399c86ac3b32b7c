using System.Net.Http.Headers;

namespace Search.Gateway.Tests.Hosting;

/// <summary>Builds the multipart forms that callers send.</summary>
internal static class Form
{
    /// <summary>Not a picture: the stand-in embedding service does not look.</summary>
    internal static readonly byte[] Picture = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9];

    internal static MultipartFormDataContent Of(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    internal static MultipartFormDataContent WithImage(params (string Name, string Value)[] fields) => WithImage(Picture, fields);

    internal static MultipartFormDataContent WithImage(byte[] image, params (string Name, string Value)[] fields)
    {
        var form = Of(fields);
        var content = new ByteArrayContent(image);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "image", "ring.jpg");
        return form;
    }
}
