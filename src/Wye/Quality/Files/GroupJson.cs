using System.Text.Json;
using Wye.Quality.Heads;
using Wye.Quality.Numerics;

namespace Wye.Quality.Files;

/// <summary>A group of heads to JSON with tensor names, and back.</summary>
internal static class GroupJson
{
    public static void Write(Utf8JsonWriter json, TensorWriter tensors, HeadGroup group)
    {
        json.WriteNumber("heads", group.Heads);
        json.WriteStartArray("estimators");
        ClustersEstimator? cells = null;
        foreach (IHeadEstimator estimator in group.Estimators)
        {
            json.WriteStartObject();
            json.WriteString("name", estimator.Name);
            EstimatorJson.Write(json, tensors, estimator, ref cells);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("forests");
        foreach (BoostedForest forest in group.Forests)
        {
            json.WriteStartObject();
            json.WriteNumber("depth", forest.Depth);
            json.WriteString("feature", tensors.Add(Array.ConvertAll(forest.Feature, f => (int)f)));
            json.WriteString("threshold", tensors.Add(forest.Threshold));
            json.WriteString("leaf", tensors.Add(forest.Leaf, TensorKind.Half));
            json.WriteString("base", tensors.Add(forest.Base));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("views", tensors.Add(group.Views));
        json.WriteString("stack", tensors.Add(group.Stack));
        json.WriteString("level", tensors.Add(group.Level));
        json.WriteStartArray("calibrations");
        foreach (MonotoneCalibration calibration in group.Calibrations)
        {
            json.WriteStartObject();
            json.WriteString("raw", tensors.Add(calibration.Raw));
            json.WriteString("calibrated", tensors.Add(calibration.Calibrated));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static HeadGroup Read(JsonElement json, TensorReader tensors)
    {
        ClustersEstimator? cells = null;
        var estimators = new List<IHeadEstimator>();
        foreach (JsonElement estimator in json.GetProperty("estimators").EnumerateArray())
            estimators.Add(EstimatorJson.Read(estimator, tensors, ref cells));
        return new HeadGroup
        {
            Heads = json.GetProperty("heads").GetInt32(),
            Estimators = [.. estimators],
            Forests =
            [
                .. json.GetProperty("forests")
                    .EnumerateArray()
                    .Select(f => new BoostedForest
                    {
                        Depth = f.GetProperty("depth").GetInt32(),
                        Feature = Array.ConvertAll(tensors.Integers(f, "feature"), x => (short)x),
                        Threshold = tensors.Floats(f, "threshold"),
                        Leaf = tensors.Floats(f, "leaf"),
                        Base = tensors.Floats(f, "base"),
                    }),
            ],
            Views = tensors.Floats(json, "views"),
            Stack = tensors.Floats(json, "stack"),
            Level = tensors.Floats(json, "level"),
            Calibrations =
            [
                .. json.GetProperty("calibrations")
                    .EnumerateArray()
                    .Select(c => new MonotoneCalibration
                    {
                        Raw = tensors.Floats(c, "raw"),
                        Calibrated = tensors.Floats(c, "calibrated"),
                    }),
            ],
        };
    }
}
