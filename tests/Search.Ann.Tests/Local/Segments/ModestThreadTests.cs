using System.Globalization;
using Search.Ann.Local.Segments;

namespace Search.Ann.Tests.Local.Segments;

public sealed class ModestThreadTests
{
    [Fact]
    public void Run_ComputesWhenNobodyElseDoes_AndLeavesTheCallerAsItWas()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux tells how a thread is scheduled here.");
        var before = Policy();
        Assert.Equal(5, ModestThread.Run(Policy));
        Assert.Equal(before, Policy());
    }

    [Fact]
    public void Run_OfWorkThatFails_FailsWithThat() =>
        Assert.Throws<InvalidDataException>(() => ModestThread.Run<int>(() => throw new InvalidDataException("damaged")));

    // The 41st field, counted from behind the name, which may hold anything.
    private static int Policy()
    {
        var fields = File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ');
        return int.Parse(fields[41 - 3], CultureInfo.InvariantCulture);
    }
}
