using System.Text.Json;
using Wye.Quality.Heads;

namespace Wye.Quality.Files;

/// <summary>One base estimator to JSON with tensor names, and back.</summary>
internal static class EstimatorJson
{
    public static void Write(
        Utf8JsonWriter json,
        TensorWriter tensors,
        IHeadEstimator estimator,
        ref ClustersEstimator? cells
    )
    {
        switch (estimator)
        {
            case NgramEstimator ngram:
                json.WriteString("type", "ngram");
                json.WriteString("weights", tensors.Add(ngram.Weights));
                json.WriteString("loadings", tensors.Add(ngram.Loadings));
                break;
            case LatentEstimator latent:
                json.WriteString("type", "latent");
                json.WriteString("weights", tensors.Add(latent.Weights));
                break;
            case ScalarsEstimator scalars:
                json.WriteString("type", "scalars");
                json.WriteString("weights", tensors.Add(scalars.Weights));
                break;
            case ClustersEstimator clusters:
                cells = clusters;
                json.WriteString("type", "clusters");
                json.WriteNumber("cells", clusters.Cells);
                json.WriteNumber("width", clusters.Width);
                json.WriteString("centres", tensors.Add(clusters.Centres, TensorKind.Half));
                json.WriteString("means", tensors.Add(clusters.Means));
                break;
            case NeighboursEstimator neighbours:
                // Neighbours search the cells that stand before them in the list.
                if (!ReferenceEquals(neighbours.Cells, cells))
                    throw new InvalidOperationException("Neighbours must follow the clusters whose cells they search.");
                json.WriteString("type", "neighbours");
                json.WriteStartArray("neighbours");
                foreach (int most in neighbours.Neighbours)
                    json.WriteNumberValue(most);
                json.WriteEndArray();
                json.WriteNumber("probes", neighbours.Probes);
                json.WriteString("start", tensors.Add(neighbours.Start));
                json.WriteString("points", tensors.Add(neighbours.Points));
                json.WriteNumber("point_scale", neighbours.PointScale);
                json.WriteString("targets", tensors.Add(neighbours.Targets));
                json.WriteString("means", tensors.Add(neighbours.Means));
                break;
            case TasksEstimator tasks:
                json.WriteString("type", "tasks");
                json.WriteNumber("tasks", tasks.Tasks);
                json.WriteNumber("sharpness", tasks.Sharpness);
                json.WriteString("weights", tensors.Add(tasks.Weights));
                json.WriteString("means", tensors.Add(tasks.Means));
                break;
            default:
                throw new InvalidOperationException($"Estimator '{estimator.Name}' has no file form.");
        }
    }

    public static IHeadEstimator Read(JsonElement json, TensorReader tensors, ref ClustersEstimator? cells)
    {
        string name = json.GetProperty("name").GetString()!;
        string? type = json.GetProperty("type").GetString();
        switch (type)
        {
            case "ngram":
                return new NgramEstimator
                {
                    Name = name,
                    Weights = tensors.Bytes(json, "weights"),
                    Loadings = tensors.Floats(json, "loadings"),
                };
            case "latent":
                return new LatentEstimator { Weights = tensors.Floats(json, "weights") };
            case "scalars":
                return new ScalarsEstimator { Weights = tensors.Floats(json, "weights") };
            case "clusters":
                return cells = new ClustersEstimator
                {
                    Cells = json.GetProperty("cells").GetInt32(),
                    Width = json.GetProperty("width").GetInt32(),
                    Centres = tensors.Floats(json, "centres"),
                    Means = tensors.Floats(json, "means"),
                };
            case "neighbours":
                return new NeighboursEstimator
                {
                    Neighbours = [.. json.GetProperty("neighbours").EnumerateArray().Select(n => n.GetInt32())],
                    Probes = json.GetProperty("probes").GetInt32(),
                    Cells =
                        cells
                        ?? throw new RouterFileException(
                            "Neighbours stand before their cells. Train the router again."
                        ),
                    Start = tensors.Integers(json, "start"),
                    Points = tensors.Bytes(json, "points"),
                    PointScale = json.GetProperty("point_scale").GetSingle(),
                    Targets = tensors.Bytes(json, "targets"),
                    Means = tensors.Floats(json, "means"),
                };
            case "tasks":
                return new TasksEstimator
                {
                    Name = name,
                    Tasks = json.GetProperty("tasks").GetInt32(),
                    Sharpness = json.GetProperty("sharpness").GetSingle(),
                    Weights = tensors.Floats(json, "weights"),
                    Means = tensors.Floats(json, "means"),
                };
            default:
                throw new RouterFileException(
                    $"Estimator '{name}' is of unknown type '{type}'. Update Wye, or train the router again."
                );
        }
    }
}
