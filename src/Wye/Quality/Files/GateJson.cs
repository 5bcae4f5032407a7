using System.Text.Json;
using Wye.Quality.Numerics;
using Wye.Quality.Routers;

namespace Wye.Quality.Files;

/// <summary>Learned gates to JSON with tensor names, and back.</summary>
internal static class GateJson
{
    public static void Write(Utf8JsonWriter json, TensorWriter tensors, LearnedGate gate)
    {
        json.WriteStartObject();
        json.WriteString("name", gate.Name);
        json.WriteNumber("features", gate.Features);
        json.WriteNumber("threshold", gate.Threshold);
        json.WriteString("mean", tensors.Add(gate.Mean));
        json.WriteString("scale", tensors.Add(gate.Scale));
        json.WriteString("weights", tensors.Add(gate.Weights));
        json.WriteString("stack", tensors.Add(gate.Stack));
        json.WriteString("raw", tensors.Add(gate.Calibration.Raw));
        json.WriteString("calibrated", tensors.Add(gate.Calibration.Calibrated));
        json.WriteNumber("depth", gate.Forest.Depth);
        json.WriteString("split", tensors.Add(Array.ConvertAll(gate.Forest.Feature, f => (int)f)));
        json.WriteString("cut", tensors.Add(gate.Forest.Threshold));
        json.WriteString("leaf", tensors.Add(gate.Forest.Leaf));
        json.WriteString("base", tensors.Add(gate.Forest.Base));
        json.WriteString("trained_questions", tensors.Add(gate.TrainedQuestions));
        GateProfile profile = gate.Profile;
        json.WriteStartObject("profile");
        json.WriteString("from", tensors.Add(profile.From));
        json.WriteString("given_right", tensors.Add(profile.GivenRight));
        json.WriteString("given_wrong", tensors.Add(profile.GivenWrong));
        json.WriteNumber("prior", profile.Prior);
        json.WriteNumber("auroc", profile.Auroc);
        json.WriteNumber("answers", profile.Answers);
        json.WriteNumber("cost_usd", profile.CostUsd);
        json.WriteNumber("microseconds", profile.Microseconds);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static LearnedGate Read(JsonElement json, TensorReader tensors)
    {
        JsonElement profile = json.GetProperty("profile");
        return new LearnedGate
        {
            Name = json.GetProperty("name").GetString()!,
            Features = json.GetProperty("features").GetInt32(),
            Threshold = json.GetProperty("threshold").GetDouble(),
            Mean = tensors.Floats(json, "mean"),
            Scale = tensors.Floats(json, "scale"),
            Weights = tensors.Floats(json, "weights"),
            Stack = tensors.Floats(json, "stack"),
            Calibration = new MonotoneCalibration
            {
                Raw = tensors.Floats(json, "raw"),
                Calibrated = tensors.Floats(json, "calibrated"),
            },
            TrainedQuestions = tensors.Integers(json, "trained_questions"),
            Forest = new BoostedForest
            {
                Depth = json.GetProperty("depth").GetInt32(),
                Feature = Array.ConvertAll(tensors.Integers(json, "split"), f => (short)f),
                Threshold = tensors.Floats(json, "cut"),
                Leaf = tensors.Floats(json, "leaf"),
                Base = tensors.Floats(json, "base"),
            },
            Profile = new GateProfile
            {
                From = tensors.Floats(profile, "from"),
                GivenRight = tensors.Floats(profile, "given_right"),
                GivenWrong = tensors.Floats(profile, "given_wrong"),
                Prior = profile.GetProperty("prior").GetDouble(),
                Auroc = profile.GetProperty("auroc").GetDouble(),
                Answers = profile.GetProperty("answers").GetInt32(),
                CostUsd = profile.GetProperty("cost_usd").GetDouble(),
                Microseconds = profile.GetProperty("microseconds").GetDouble(),
            },
        };
    }
}
