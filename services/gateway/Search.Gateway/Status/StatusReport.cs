using System.Reflection;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Status;

/// <summary>Asks the services at the same time, and reports what they say and who said nothing.</summary>
internal sealed partial class StatusReport(IQueryBus bus, IOptions<GatewayOptions> options, ILogger<StatusReport> logger)
{
    private static readonly string Version = typeof(StatusReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    internal async Task<StatusAnswer> TakeAsync(CancellationToken cancellation)
    {
        var catalogue = AskAsync<GetCatalogueStatus, CatalogueStatus>(new GetCatalogueStatus(), cancellation);
        var active = AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), cancellation);
        var index = AskAsync<GetIndexStatus, IndexStatus>(new GetIndexStatus(), cancellation);
        var (items, itemsState) = await catalogue;
        var (model, modelState) = await active;
        var (collections, indexState) = await index;
        return new StatusAnswer
        {
            Items = items is null ? null : new ItemsStatus(items.Total, items.Accepted, items.Embedded, items.Indexed, items.Failed),
            Model = model is null ? null : Describe(model),
            Index = collections is null ? null : Describe(collections, model),
            Version = Version,
            Services = new Dictionary<string, ServiceStatus>
            {
                [ServiceNames.Indexing] = itemsState,
                [ServiceNames.Embedding] = modelState,
                [ServiceNames.Ann] = indexState,
            },
        };
    }

    private async Task<(TResponse? Answer, ServiceStatus Status)> AskAsync<TRequest, TResponse>(TRequest request, CancellationToken cancellation)
        where TRequest : class
        where TResponse : class
    {
        try
        {
            return (await bus.AskAsync<TRequest, TResponse>(request, options.Value.StatusDeadline, cancellation), new ServiceStatus("available", null));
        }
        catch (ServiceProblemException e)
        {
            return (null, new ServiceStatus("unavailable", e.Problem.Detail));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever keeps a service from answering, the caller of a status wants to see the rest.
            LogNotAsked(logger, typeof(TRequest).Name, e);
            return (null, new ServiceStatus("unavailable", "It can't be asked; the gateway's log has the reason."));
        }
    }

    private static ModelStatus Describe(ActiveModel active)
    {
        // The form name@version+fingerprint is checked by the id itself.
        var parts = active.Model.Value.Split('@', '+');
        return new ModelStatus(active.Model.Value, parts[0], parts[1], active.Dimension, active.ExecutionProvider);
    }

    private static IndexSummary Describe(IndexStatus status, ActiveModel? active)
    {
        var serving = status.Collections.FirstOrDefault(c => c.Model == active?.Model) ?? (active is null ? status.Collections.FirstOrDefault() : null);
        return serving is null
            ? new IndexSummary("none", 0, active?.Dimension, active?.Model.Value, status.Collections.Length)
            : new IndexSummary(serving.Index, serving.Count, serving.Dimension, serving.Model.Value, status.Collections.Length);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Query} can't be asked")]
    private static partial void LogNotAsked(ILogger logger, string query, Exception exception);
}
