using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Search.Gateway.Tests.Hosting;

namespace Search.Gateway.Tests.Requests;

public sealed class BadSearchTests(SharedGateway gateway) : IClassFixture<SharedGateway>
{
    private const string Image = "image";
    private const string SevenDeep = """{"category":[[[[[[[[1]]]]]]]]}""";

    /// <summary>Field, its value, and what the detail must name.</summary>
    public static TheoryData<string, string, string> BadFields { get; } = new()
    {
        { "k", "0", "'k'" },
        { "k", "201", "'k'" },
        { "k", "-1", "'k'" },
        { "k", "+5", "'k'" },
        { "k", " 5", "'k'" },
        { "k", "5.0", "'k'" },
        { "k", "", "'k'" },
        { "k", "ten", "'k'" },
        { "k", "99999999999999999999", "'k'" },
        { "k", "٣", "'k'" },
        { "collapse", "yes", "'collapse'" },
        { "collapse", "True", "'collapse'" },
        { "collapse", "", "'collapse'" },
        { "explain", "2", "'explain'" },
        { "filter", "", "$" },
        { "filter", "rings", "$" },
        { "filter", "null", "$" },
        { "filter", "[]", "$" },
        { "filter", "\"rings\"", "$" },
        { "filter", "{", "$" },
        { "filter", "{} {}", "$" },
        { "filter", "{\"category\":\"rings\",}", "$" },
        { "filter", "{\"category\":\"rings\",\"category\":\"watches\"}", "$" },
        { "filter", "{/* no */}", "$" },
        { "filter", SevenDeep, "$" },
        { "filter", "{\"Category\":\"rings\"}", "$.Category" },
        { "filter", "{\"colour\":\"red\"}", "$.colour" },
        { "filter", "{\"category\":1}", "$.category" },
        { "filter", "{\"category\":null}", "$.category" },
        { "filter", "{\"category\":\"\"}", "$.category" },
        { "filter", "{\"category\":[]}", "$.category" },
        { "filter", "{\"category\":[\"rings\",2]}", "$.category[1]" },
        { "filter", "{\"category\":\"\\ud800\"}", "$" },
        { "filter", "{\"\\ud800\":1}", "$" },
        { "filter", "{\"attributes\":[]}", "$.attributes" },
        { "filter", "{\"attributes\":{\"metal\":null}}", "$.attributes.metal" },
        { "filter", "{\"attributes\":{\"metal\":true}}", "$.attributes.metal" },
        { "filter", "{\"attributes\":{\"metal\":[]}}", "$.attributes.metal" },
        { "filter", "{\"attributes\":{\"metal\":[\"gold\",{}]}}", "$.attributes.metal[1]" },
        { "filter", "{\"attributes\":{\"\":\"gold\"}}", "$.attributes" },
        { "filter", "{\"attributes\":{\"carat\":1e999}}", "$.attributes.carat" },
        { "filter", "{\"attributes\":{\"carat\":NaN}}", "$" },
        { "filter", "{\"attributes\":{\"carat\":{}}}", "$.attributes.carat" },
        { "filter", "{\"attributes\":{\"carat\":{\"min\":1}}}", "$.attributes.carat.min" },
        { "filter", "{\"attributes\":{\"carat\":{\"gte\":\"1\"}}}", "$.attributes.carat.gte" },
        { "filter", "{\"attributes\":{\"price\":\"cheap\"}}", "$.attributes.price" },
        { "filter", "{\"ranges\":{\"price\":5}}", "$.ranges.price" },
        { "filter", "{\"ranges\":{\"price\":{\"gte\":-1e999}}}", "$.ranges.price.gte" },
        { "filter", "{\"ranges\":{\"price\":{\"gte\":5,\"lt\":5}}}", "$.ranges.price" },
        { "filter", "{\"ranges\":{\"price\":{\"gt\":7,\"lte\":6}}}", "$.ranges.price" },
        { "filter", "{\"attributes\":{\"price\":5},\"ranges\":{\"price\":{\"lt\":9}}}", "$.ranges.price" },
        { "itemId", "item-0001", "one of image, itemId and vector" },
        { "vector", "[1,0,0,0]", "one of image, itemId and vector" },
        { "Image", "x", "'Image'" },
        { "page", "2", "'page'" },
        { "", "x", "''" },
        { "a\u0001b", "x", "field" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task Search_WithABadField_Is400AndNamesIt(string name, string value, string named)
    {
        using var form = Form.WithImage();
        form.Add(new StringContent(value), name.Length == 0 ? "\"\"" : $"\"{name}\"");
        using var response = await gateway.Host.SearchAsync(form);
        Assert.Contains(named, (await response.ProblemAsync(HttpStatusCode.BadRequest)).Detail(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,0,0,0")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[0,0,0,0]")]
    [InlineData("[1,0,0]")]
    [InlineData("[1,0,0,0,0]")]
    [InlineData("[1,0,0,0")]
    [InlineData("[1,0,0,0] 1")]
    [InlineData("[1,0,0,0],")]
    [InlineData("[1,0,0,\"0\"]")]
    [InlineData("[1,0,0,null]")]
    [InlineData("[1,0,0,[0]]")]
    [InlineData("[1,0,0,NaN]")]
    [InlineData("[1,0,0,1e39]")]
    [InlineData("[1e999,0,0,0]")]
    [InlineData("[1,0,0,0x1]")]
    public async Task Search_ByABadVector_Is400(string vector)
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("vector", vector)));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("../etc")]
    [InlineData("-a")]
    [InlineData("a b")]
    [InlineData("ring\n")]
    [InlineData("größe")]
    public async Task Search_ByABadItemId_Is400(string id)
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("itemId", id)));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Search_WithAWrongDimension_NamesBothDimensions()
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("vector", "[1,2,3]")));
        var detail = (await response.ProblemAsync(HttpStatusCode.BadRequest)).Detail();
        Assert.Contains("3 components", detail, StringComparison.Ordinal);
        Assert.Contains("has 4", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ForNothing_Is400()
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("k", "5")));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Search_WithTwoImages_Is400()
    {
        using var form = Form.WithImage();
        form.Add(new ByteArrayContent(Form.Picture), Image, "second.jpg");
        using var response = await gateway.Host.SearchAsync(form);
        Assert.Contains("twice", (await response.ProblemAsync(HttpStatusCode.BadRequest)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WithAnEmptyImage_Is400()
    {
        using var response = await gateway.Host.SearchAsync(Form.WithImage(image: []));
        Assert.Contains("empty", (await response.ProblemAsync(HttpStatusCode.BadRequest)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WithParametersInTheAddress_Is400RatherThanIgnored()
    {
        using var form = Form.WithImage();
        using var response = await gateway.Host.Client.PostAsync(
            new Uri("/v1/search?k=5", UriKind.Relative), form, TestContext.Current.CancellationToken);
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("category", 51)]
    [InlineData("metal", 101)]
    public async Task Search_WithTooManyValues_Is400(string name, int count)
    {
        var values = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"v{i}\""));
        var filter = name == "category" ? $"{{\"category\":[{values}]}}" : $"{{\"attributes\":{{\"{name}\":[{values}]}}}}";
        using var response = await gateway.Host.SearchAsync(Form.WithImage(("filter", filter)));
        Assert.Contains($"{count} values", (await response.ProblemAsync(HttpStatusCode.BadRequest)).Detail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WithTextThatIsNotUtf8_Is400()
    {
        using var form = Form.WithImage();
        form.Add(new ByteArrayContent([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']), "filter");
        using var response = await gateway.Host.SearchAsync(form);
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Search_WithAnEndlessTextField_Is400()
    {
        using var response = await gateway.Host.SearchAsync(Form.Of(("vector", $"[{new string(' ', 300_000)}1]")));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("application/x-www-form-urlencoded", "k=5")]
    [InlineData("image/jpeg", "JFIF")]
    [InlineData("multipart/mixed; boundary=x", "--x--")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("multipart/form-data; boundary=\"\"", "--x--")]
    public async Task Search_WithABodyThatIsNoForm_Is415(string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await gateway.Host.SearchAsync(content);
        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Search_WithoutABody_Is415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search");
        using var response = await gateway.Host.SendAsync(request);
        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--x")]
    [InlineData("--x\r\n")]
    [InlineData("--x\r\n\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: attachment; name=\"k\"\r\n\r\n5\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data\r\n\r\n5\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\n5")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n5\r\n--y--\r\n")]
    [InlineData("--x\r\nno colon here\r\n\r\n5\r\n--x--\r\n")]
    public async Task Search_WithABrokenForm_Is400(string body)
    {
        using var response = await gateway.Host.SearchAsync(Raw(Encoding.UTF8.GetBytes(body)));
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Search_LargerThanTheLimit_Is413()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxSearchBodyBytes=100000");
        using var response = await host.SearchAsync(Form.WithImage(new byte[200_000]));
        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Search_FarLargerThanTheLimit_Is413AndNotALostConnection()
    {
        using var response = await gateway.Host.SearchAsync(Form.WithImage(new byte[40 * 1024 * 1024]));
        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Search_LargerThanTheLimitWithoutAStatedLength_Is413()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxSearchBodyBytes=100000");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/search") { Content = Form.WithImage(new byte[200_000]) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await host.SendAsync(request);
        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Search_ThatComesTooSlowly_Is408()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:BodyDeadline=00:00:00.300");
        // By hand, because an HTTP client would not stop in the middle of a body.
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("bad%20id")]
    [InlineData("a%2Fb")]
    [InlineData("%2e%2e%2f")]
    public async Task Similar_ToABadItemId_Is400(string id)
    {
        using var response = await gateway.Host.GetAsync($"/v1/items/{id}/similar");
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("k=0")]
    [InlineData("k=5&k=6")]
    [InlineData("limit=5")]
    [InlineData("filter=%7B")]
    [InlineData("collapse=maybe")]
    [InlineData("explain")]
    public async Task Similar_WithABadParameter_Is400(string query)
    {
        using var response = await gateway.Host.GetAsync($"/v1/items/item-0001/similar?{query}");
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Search_WithMutatedForms_IsNeverA500()
    {
        var original = Encoding.UTF8.GetBytes(
            "--x\r\nContent-Disposition: form-data; name=\"vector\"\r\n\r\n[1,0,0,0]\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"filter\"\r\nContent-Type: application/json\r\n\r\n"
            + "{\"category\":[\"rings\"],\"attributes\":{\"metal\":\"gold\",\"carat\":{\"gte\":0.5}},\"ranges\":{\"price\":{\"lt\":900}}}\r\n"
            + "--x\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\n5\r\n--x--\r\n");
        using (var untouched = await gateway.Host.SearchAsync(Raw(original)))
            await untouched.ReadAsync();

        const int seed = 20260;
        var random = new Random(seed);
        for (var round = 0; round < 1500; round++)
        {
            var mutated = Mutate(original, random);
            using var response = await gateway.Host.SearchAsync(Raw(mutated));
            Assert.True(
                response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest,
                $"seed {seed} round {round}: {(int)response.StatusCode} for {Encoding.Latin1.GetString(mutated)}");
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edits = random.Next(1, 6); edits > 0 && bytes.Count > 1; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "\"\\{}[]:,-\r\n\0"u8[random.Next(12)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, random.Next(Math.Min(bytes.Count - at, 40)));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(0, random.Next(Math.Min(bytes.Count, 60))));
                    break;
            }
        }
        return [.. bytes];
    }

    private static ByteArrayContent Raw(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        return content;
    }
}
