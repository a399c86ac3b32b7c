namespace Search.Hosting.Tests.Messaging;

public sealed record Ask(int Number, byte[] Payload);

public sealed record Answer(int Number, int PayloadLength);

public sealed record Happened(Guid Id, int FailTimes);
