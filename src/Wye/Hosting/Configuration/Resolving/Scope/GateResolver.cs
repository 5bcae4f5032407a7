using System.Collections.Immutable;
using System.Globalization;
using Wye.Gates;
using Wye.Gates.Checks;
using Wye.Gates.Composing;
using Wye.Gates.Judging;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.GateParts;
using Wye.Primitives;

namespace Wye.Hosting.Configuration.Resolving.Scope;

/// <summary>Gates as written → gates that judge. A kind that needs no setting is a gate of its own name.</summary>
internal sealed class GateResolver
{
    public const double UsualHedges = 3;

    private readonly ResolveScope _scope;
    private readonly CheckFactory _checks;
    private readonly Dictionary<string, GateConfig> _written;
    private readonly Dictionary<string, ResolvedGate?> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _under = new(StringComparer.Ordinal);

    public GateResolver(ResolveScope scope)
    {
        _scope = scope;
        _checks = new CheckFactory(scope);
        _written = new Dictionary<string, GateConfig>(StringComparer.Ordinal);
        foreach (var config in scope.Config.Gates)
        {
            if (
                scope.Problems.Name($"gates.{config.Name}", "gate", config.Name)
                && !_written.TryAdd(config.Name, config)
            )
            {
                scope.Problems.Error(
                    $"gates.{config.Name}",
                    $"Two gates are named {Quotation.Of(config.Name)}.",
                    "Give one of them another name."
                );
            }
        }
    }

    private ProblemList Problems => _scope.Problems;

    /// <summary>Resolves every gate that is written, used or not.</summary>
    public void ResolveAll()
    {
        foreach (var name in _written.Keys.ToList())
        {
            Find($"gates.{name}", name);
        }
    }

    /// <summary>Every gate resolved so far, those named on the way included.</summary>
    public GateKeeper Keeper() =>
        new(
            _resolved
                .Where(pair => pair.Value is not null)
                .Select(pair => KeyValuePair.Create(new GateId(pair.Key), pair.Value!.Entry))
        );

    /// <summary>The gate of that name; null when there is none or it is wrong, which is then among the problems.</summary>
    /// <param name="at">Where it is named.</param>
    /// <param name="name">Its name.</param>
    public ResolvedGate? Find(string at, string name)
    {
        if (_resolved.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!_written.TryGetValue(name, out var config))
        {
            if (!GateKinds.NeedNothing.Contains(name))
            {
                Problems.Error(
                    at,
                    $"There is no gate {Problems.Show(at, name)}.",
                    Problems.Suggest(name, _written.Keys.Concat(GateKinds.NeedNothing), "Add it under gates.")
                );
                return null;
            }

            config = new GateConfig { Name = name, Kind = name };
        }

        if (!_under.Add(name))
        {
            Problems.Error(at, $"The gate {Quotation.Of(name)} is part of itself.", "Take it out of its own parts.");
            return null;
        }

        var gate = Build($"gates.{name}", config);
        _under.Remove(name);
        return _resolved[name] = gate is null ? null : Stamped(config, Limited(config, gate));
    }

    private ResolvedGate Stamped(GateConfig config, ResolvedGate gate)
    {
        var parts = config.All.Concat(config.Any).Concat(config.Weighted.Keys.Order(StringComparer.Ordinal));
        var stamp = GateStamp.Of(config, gate, parts.Select(part => _resolved.GetValueOrDefault(part)?.Entry.Stamp));
        return gate with { Entry = gate.Entry with { Stamp = stamp } };
    }

    private static ResolvedGate Limited(GateConfig config, ResolvedGate gate)
    {
        var limit = config.Timeout ?? (gate.Entry.Gate.Kind == "webhook" ? TimeSpan.FromSeconds(2) : null);
        return limit is { } span
            ? gate with
            {
                Entry = gate.Entry with { Gate = new LimitedGate(gate.Entry.Gate, span, TimeProvider.System) },
            }
            : gate;
    }

    private ResolvedGate? Build(string at, GateConfig config)
    {
        var kind =
            config.Kind
            ?? (
                !config.All.IsEmpty ? "all"
                : !config.Any.IsEmpty ? "any"
                : !config.Weighted.IsEmpty ? "weighted"
                : null
            );
        switch (kind)
        {
            case null:
                Problems.Error(at, "The gate has no kind.", "Write kind: KIND, or all, any or weighted with gates.");
                return null;
            case "all" or "any" or "weighted":
                return Composite(at, kind, config);
            case "wellformed":
                return new ResolvedGate(
                    new GateEntry(
                        new AllGate(
                            [
                                new FinishGate(),
                                new RefusalGate(UsualHedges),
                                new FinalAnswerGate(number: true, marker: null),
                                new ArithmeticGate(),
                            ],
                            strict: false
                        )
                    )
                    {
                        RefusesEarly = true,
                    }
                );
            case "judge":
                return Judge(at, config);
            case "agreement":
                return Agreement(at, config);
            case "learned":
                return LearnedFile.Load(Problems, at, config) is { } learned
                    ? new ResolvedGate(new GateEntry(learned))
                    : null;
            case "webhook":
                return Webhook(at, config);
            case "self_confidence":
                return new ResolvedGate(
                    new GateEntry(
                        new SelfConfidenceGate(Table(at, config), _checks.Share(at, "threshold", config.Threshold, 0.5))
                    )
                )
                {
                    OnlyStated = config.Alone != true,
                };
            default:
                return _checks.Build(at, kind, config) is { } gate
                    ? new ResolvedGate(
                        new GateEntry(gate)
                        {
                            RefusesEarly = gate is RefusalGate,
                            LogProbs = (gate as ConfidenceGate)?.LogProbs,
                        }
                    )
                    : null;
        }
    }

    private ResolvedGate? Composite(string at, string kind, GateConfig config)
    {
        var names = kind switch
        {
            "all" => config.All,
            "any" => config.Any,
            _ => [.. config.Weighted.Keys.Order(StringComparer.Ordinal)],
        };
        var parts = names.Select(name => Find($"{at}.{kind}", name)).OfType<ResolvedGate>().ToList();
        if (parts.Count != names.Length || parts.Count == 0)
        {
            if (names.IsEmpty)
            {
                Problems.Error(at, $"The gate names nothing under {kind}.", $"Write {kind}: with the names of gates.");
            }

            return null;
        }

        if (parts.Count(part => part.Judge is not null) > 1)
        {
            Problems.Error(at, "The gate has two judges.", "Keep one judge in a gate.");
            return null;
        }

        ImmutableArray<IGate> gates = [.. parts.Select(part => part.Entry.Gate)];
        IGate gate = kind switch
        {
            "all" => new AllGate(gates, config.Strict ?? false),
            "any" => new AnyGate(gates),
            _ => new WeightedGate(
                [.. names.Select((name, i) => (gates[i], Weight(at, name, config.Weighted[name])))],
                _checks.Share(at, "threshold", config.Threshold, 0.5)
            ),
        };
        return new ResolvedGate(
            new GateEntry(gate)
            {
                Judge = parts.Find(part => part.Judge is not null)?.Entry.Judge,
                LogProbs = parts.Max(part => part.Entry.LogProbs),
                RefusesEarly = kind == "all" && parts.Exists(part => part.Entry.RefusesEarly),
            }
        )
        {
            Judge = parts.Find(part => part.Judge is not null)?.Judge,
            Samples = [.. parts.SelectMany(part => part.Samples)],
            OnlyStated = parts.TrueForAll(part => part.OnlyStated),
        };
    }

    private ResolvedGate? Judge(string at, GateConfig config)
    {
        if (ModelOf($"{at}.model", config.Model) is not { } model)
        {
            return null;
        }

        var judge = new JudgeGate(
            config.Rubric ?? JudgeGate.UsualRubric,
            _checks.Share(at, "threshold", config.Threshold, 0.75)
        );
        return new ResolvedGate(new GateEntry(judge) { Judge = judge }) { Judge = model };
    }

    private ResolvedGate? Agreement(string at, GateConfig config)
    {
        var samples = config
            .Samples.Select((name, i) => ModelOf($"{at}.samples[{i}]", name))
            .OfType<ModelId>()
            .ToList();
        if (config.Samples.IsEmpty || config.Samples.Length > 5)
        {
            Problems.Error(
                at,
                "The gate needs 1 to 5 models to sample.",
                "Add samples: [MODEL, …]; a model may stand twice."
            );
            return null;
        }

        if (!Enum.TryParse<AgreementForm>(config.Compare ?? "number", ignoreCase: true, out var form))
        {
            Problems.Error($"{at}.compare", "That cannot be compared.", "Use number, choice, json or text.");
            return null;
        }

        return samples.Count != config.Samples.Length
            ? null
            : new ResolvedGate(new GateEntry(new AgreementGate(form, _checks.Share(at, "share", config.Share, 0.5))))
            {
                Samples = [.. samples],
            };
    }

    private ResolvedGate? Webhook(string at, GateConfig config)
    {
        if (
            !Uri.TryCreate(config.Url, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || (address.Scheme == "http" && !address.IsLoopback)
        )
        {
            Problems.Error(
                $"{at}.url",
                "The webhook has no address it may be called at.",
                "Use https, or http on this machine."
            );
            return null;
        }

        if (config.Secret?.Reveal() is not { Length: >= 16 } secret)
        {
            Problems.Error(
                $"{at}.secret",
                "The webhook has no secret of at least 16 characters.",
                "Use secret: ${NAME}."
            );
            return null;
        }

        return new ResolvedGate(
            new GateEntry(
                new WebhookGate(
                    config.Name,
                    address,
                    System.Text.Encoding.UTF8.GetBytes(secret),
                    WebhookTransport.Shared,
                    TimeProvider.System
                )
            )
        );
    }

    private ModelId? ModelOf(string at, string? name)
    {
        if (name is not null && _scope.FindTier(name) is { Models: [var first, ..] })
        {
            return first;
        }

        var model = name is null ? null : _scope.FindModel(name);
        if (model is null && (name is null || !_scope.Refused.Contains(name)))
        {
            var (what, fix) = ModelReferences.Unknown(_scope, Problems.Show(at, name ?? ""), name ?? "");
            Problems.Error(at, what, fix);
        }

        return model?.Id;
    }

    private double Weight(string at, string name, string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) && weight > 0)
        {
            return weight;
        }

        Problems.Error($"{at}.weighted.{name}", "The weight is no number above 0.", "Write e.g. 2.");
        return 1;
    }

    private ImmutableArray<(double Stated, double Right)> Table(string at, GateConfig config)
    {
        var table = new List<(double, double)>();
        foreach (var (stated, right) in config.Table)
        {
            if (
                double.TryParse(stated, NumberStyles.Float, CultureInfo.InvariantCulture, out var s)
                && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var r)
                && s is >= 0 and <= 1
                && r is >= 0 and <= 1
            )
            {
                table.Add((s, r));
            }
            else
            {
                Problems.Error(
                    $"{at}.table",
                    "A row is not two numbers from 0 to 1.",
                    "Write e.g. { 0.5: 0.4, 0.9: 0.7 }."
                );
            }
        }

        return [.. table.OrderBy(row => row.Item1)];
    }
}
