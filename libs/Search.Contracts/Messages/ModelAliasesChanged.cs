namespace Search.Contracts.Messages;

/// <summary>Event, broadcast: an alias in the model registry names another model. It carries nothing, since the registry knows; one that is lost is found out by looking now and then.</summary>
public sealed record ModelAliasesChanged;
