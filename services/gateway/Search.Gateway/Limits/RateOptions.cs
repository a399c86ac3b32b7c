namespace Search.Gateway.Limits;

/// <summary>A token bucket: so many requests at once, refilled at so many a second. What exceeds it is answered with 429.</summary>
public class RateOptions
{
    /// <summary>Requests a second in the long run; 0, the default, for no limit.</summary>
    public int RequestsPerSecond { get; set; }

    /// <summary>Requests at once after a pause. 0, the default, for four seconds' worth: a page of results and its pictures.</summary>
    public int Burst { get; set; }
}
