using System.Text;
using Microsoft.Playwright;

namespace Search.EndToEnd.Tests.Browser;

/// <summary>A file as a visitor would have it on their disk or clipboard.</summary>
public sealed record Photo(string Name, string MediaType, byte[] Bytes)
{
    public FilePayload Payload => new() { Name = Name, MimeType = MediaType, Buffer = Bytes };

    /// <summary>The catalogue's own picture of a piece: the one photo whose best answer is known everywhere.</summary>
    public static async Task<Photo> OfPieceAsync(Visitor visitor, string id)
    {
        var response = await visitor.Page.APIRequest.GetAsync($"v1/items/{Uri.EscapeDataString(id)}/image");
        Assert.True(response.Ok, $"The picture of {id} answers {response.Status}.");
        return new("piece.jpg", response.Headers["content-type"], await response.BodyAsync());
    }

    /// <summary>A photo as large as a phone takes them: the piece blown up, with the grain that makes real photos heavy.</summary>
    public async Task<Photo> EnlargedAsync(Visitor visitor, int width, int height)
    {
        var encoded = await visitor.Page.EvaluateAsync<string>(
            """
            async ({ bytes, type, width, height }) => {
              const small = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))], { type }));
              const canvas = new OffscreenCanvas(width, height);
              const context = canvas.getContext('2d');
              context.drawImage(small, 0, 0, width, height);
              const grain = new ImageData(256, 256);
              let seed = 1;
              for (let i = 0; i < grain.data.length; i++) {
                seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
                grain.data[i] = i % 4 === 3 ? 60 : (seed >> 16) & 255;
              }
              const tile = await createImageBitmap(grain);
              for (let y = 0; y < height; y += 256) for (let x = 0; x < width; x += 256) context.drawImage(tile, x, y);
              const large = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
              let text = '';
              for (const byte of new Uint8Array(await large.arrayBuffer())) text += String.fromCharCode(byte);
              return btoa(text);
            }
            """,
            new { bytes = Convert.ToBase64String(Bytes), type = MediaType, width, height });
        return new("large.jpg", "image/jpeg", Convert.FromBase64String(encoded));
    }

    public static Photo NotAnImage { get; } = new("notes.txt", "text/plain", Encoding.UTF8.GetBytes("Ring, gold, from grandmother."));
}
