using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Training.Validation;
using Search.MetricLearning.Weights;
using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>
/// The optimisation of one stage, with all that changes from step to step. What is drawn is drawn by seed and step, or drawn again when a stage goes
/// on in its middle; the rest is in the checkpoint.
/// </summary>
internal sealed class StageRun : IDisposable
{
    private readonly RunContext _run;
    private readonly ScheduledStage _stage;
    private readonly StageFeatures _features;
    private readonly StageOptimiser _optimiser;
    private readonly WeightAverage? _average;
    private readonly IBatchSampler _sampler;
    private readonly MiningRounds? _rounds;
    private readonly EarlyStopping? _validation;
    private int _step;

    public StageRun(TrainingOptions options, RunContext run, ScheduledStage stage, StageFeatures features, HardNegativeMining? mining)
    {
        (_run, _stage, _features) = (run, stage, features);
        _validation = run.Validation is null ? null : new EarlyStopping(options.Validation!, run.Validation, stage);
        _optimiser = new StageOptimiser(options, stage, run.Network, run.Objective);
        _average = options.AverageDecay > 0 ? new WeightAverage(_optimiser.Network, options.AverageDecay) : null;
        (_sampler, _rounds) = Sampler(options, run, mining);
        if (run.From is { } from && from.Stage == stage.Number && from.Step > 0)
            Restore(from.Step, from.Tensors.Under("stage."));
        else
            run.Objective.ForgetEmbeddings();
    }

    public void Train(TimeProvider time)
    {
        var rates = _stage.Options;
        var clock = new StageClock(time, _run.Progress, _stage.Name, rates.Steps, _step);
        while (_step < rates.Steps && _validation?.IsOver != true)
        {
            _run.Cancellation.ThrowIfCancellationRequested();
            if (_rounds?.IsDue(_step) == true)
                Mine(time, _rounds);
            Step(clock);
            if (_validation?.IsDue(_step) == true)
                Measure(clock, _validation);
            if (_step < rates.Steps && _run.Keeper?.IsDue(_step) == true)
                _run.Save(_stage.Number, _step, Save());
        }
        if (_validation is null)
            _average?.Apply();
        else
            _validation.Apply(_run.Network);
        _run.Save(_stage.Number + 1, 0, new Dictionary<string, WeightTensor>());
    }

    private void Step(StageClock clock)
    {
        using var scope = NewDisposeScope();
        var rates = _stage.Options;
        var photos = _sampler.Next(rates.PiecesPerCategory);
        var embeddings = _run.Network.Embed(_features.Of(photos, _step));
        var (loss, terms) = _run.Objective.Compute(embeddings, photos, _step);
        var rate = WarmupCosine.At(_step, (int)(rates.Warmup * rates.Steps), rates.Steps);
        _optimiser.Step(loss, rate);
        _average?.Update();
        _step++;
        clock.Report(_step, photos.Count, loss.item<float>(), terms, rate * rates.LearningRate);
    }

    /// <summary>The average is measured where there is one, since it is what the stage gives.</summary>
    private void Measure(StageClock clock, EarlyStopping validation)
    {
        _average?.Swap();
        clock.Report(_step, validation.Measure(_run.Network));
        _average?.Swap();
    }

    private void Mine(TimeProvider time, MiningRounds rounds)
    {
        var found = rounds.Mine(_run.Network, _features.View, new StageClock(time, _run.Progress, "hard negatives", rounds.Batches), _run.Cancellation);
        _run.Mined.Add(_stage.Number, found);
        rounds.Use(found);
    }

    private static (IBatchSampler Sampler, MiningRounds? Rounds) Sampler(TrainingOptions options, RunContext run, HardNegativeMining? mining)
    {
        if (options.HardNegatives is not { } hard)
            return (new BalancedSampler(run.Set, options.Seed), null);
        var sampler = new NeighbourhoodSampler(run.Set, hard.Share, options.Seed);
        return (sampler, new MiningRounds(hard, mining!, run.Set, sampler));
    }

    private Dictionary<string, WeightTensor> Save()
    {
        var state = new Dictionary<string, WeightTensor>();
        state.AddUnder("optimiser.", _optimiser.Save());
        if (_average is not null)
            state.AddUnder("average.", _average.Save());
        if (_validation is not null)
            state.AddUnder("validation.", _validation.Save());
        return state;
    }

    private void Restore(int step, IReadOnlyDictionary<string, WeightTensor> state)
    {
        _optimiser.Load(state.Under("optimiser."));
        _average?.Load(state.Under("average."));
        _validation?.Load(state.Under("validation."));
        var mined = _run.Mined.Where(stage => stage == _stage.Number);
        for (var round = 0; _step < step; _step++)
        {
            if (_rounds?.IsDue(_step) == true)
                _rounds.Use(mined[round++]);
            _features.Skip(_sampler.Next(_stage.Options.PiecesPerCategory));
        }
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _average?.Dispose();
    }
}
