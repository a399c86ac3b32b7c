using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Tests.Weights;

public sealed class SafeTensorsTests
{
    [Fact]
    public void Read_WhatWasWritten_IsEqual()
    {
        var read = SafeTensorsReader.Read(Write(new()
        {
            ["b"] = new([2, 3], [1, 2, 3, 4, 5, float.NaN]),
            ["a"] = new([], [7]),
            ["empty"] = new([0, 4], []),
        }));

        Assert.Equal(3, read.Count);
        Assert.Equal([2, 3], read["b"].Shape);
        Assert.Equal([1, 2, 3, 4, 5, float.NaN], read["b"].Values);
        Assert.Equal([7f], read["a"].Values);
        Assert.Empty(read["empty"].Values);
    }

    [Fact]
    public void Write_SameTensorsInAnotherOrder_GivesTheSameBytes()
    {
        WeightTensor x = new([1], [1]), y = new([1], [2]);
        Assert.Equal(Write(new() { ["x"] = x, ["y"] = y }), Write(new() { ["y"] = y, ["x"] = x }));
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}""")] // past the end
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""")] // shape says 12 bytes
    [InlineData("""{"t":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""")] // product overflows to 0
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775807]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":"2","data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":5,"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{}}""")]
    [InlineData("""{"t":1}""")]
    [InlineData("""[]""")]
    [InlineData("""{"t":""")]
    public void Read_HostileHeader_IsRefused(string header) =>
        Assert.Throws<WeightFormatException>(() => SafeTensorsReader.Read(File(header, dataBytes: 8)));

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(100_000_001ul)]
    [InlineData(1000ul)]
    public void Read_HeaderLengthBeyondTheFile_IsRefused(ulong length)
    {
        var file = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Throws<WeightFormatException>(() => SafeTensorsReader.Read(file));
    }

    [Fact]
    public void Read_AnyBytesFlipped_GivesTensorsOrATypedError()
    {
        var file = Write(new() { ["a"] = new([2, 2], [1, 2, 3, 4]), ["b"] = new([1], [5]) });
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 8].Sample(edits =>
        {
            var damaged = (byte[])file.Clone();
            foreach (var (at, value) in edits)
                damaged[at] = value;
            try
            {
                SafeTensorsReader.Read(damaged);
            }
            catch (WeightFormatException)
            {
            }
        }, iter: 2000, seed: "0N0XIzNsQ0O2");
    }

    [Fact]
    public void Read_FileCutAnywhere_IsRefused()
    {
        var file = Write(new() { ["a"] = new([2, 2], [1, 2, 3, 4]) });
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<WeightFormatException>(() => SafeTensorsReader.Read(file.AsMemory(0, length)));
    }

    private static byte[] Write(Dictionary<string, WeightTensor> tensors)
    {
        using var stream = new MemoryStream();
        SafeTensorsWriter.Write(stream, tensors, new Dictionary<string, string> { ["format"] = "pt" });
        return stream.ToArray();
    }

    private static byte[] File(string header, int dataBytes)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        return file;
    }
}
