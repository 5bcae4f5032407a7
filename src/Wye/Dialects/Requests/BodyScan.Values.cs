using System.Globalization;
using System.Text.Json;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Dialects.Requests;

internal ref partial struct BodyScan
{
    /// <summary>Reads the model asked for.</summary>
    public bool Model(out string? model)
    {
        model = null;
        if (Json.TokenType != JsonTokenType.String)
        {
            return FailType("model", "a string: the name of a route or a model");
        }

        if (Json.ValueSpan.IsEmpty)
        {
            return Fail("invalid_value", "model", "'model' is empty. Send the name of a route or a model.");
        }

        if (Json.ValueSpan.Length > RequestLimits.ModelBytes)
        {
            return Fail(
                "model_not_found",
                "model",
                $"No model has a name longer than {RequestLimits.ModelBytes} bytes. List the models with GET /v1/models.",
                FailureKind.ModelNotFound
            );
        }

        model = Json.GetString();
        return true;
    }

    /// <summary>Reads true, false or null.</summary>
    public bool Flag(string param, out bool value)
    {
        value = Json.TokenType == JsonTokenType.True;
        return value || Json.TokenType is JsonTokenType.False or JsonTokenType.Null || FailType(param, "true or false");
    }

    /// <summary>Reads a number within bounds, or null.</summary>
    public bool Number(string param, double least, double most)
    {
        if (Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        var number = double.NaN;
        var read = Json.TokenType == JsonTokenType.Number && Json.TryGetDouble(out number);
        return (read && number >= least && number <= most)
            || Fail(
                read ? "invalid_value" : "invalid_type",
                param,
                string.Create(CultureInfo.InvariantCulture, $"'{param}' must be a number from {least} to {most}.")
            );
    }

    /// <summary>Reads a whole number within bounds, or null.</summary>
    public bool Count(string param, int least, int most, out int? value)
    {
        value = null;
        if (Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        var isNumber = Json.TokenType == JsonTokenType.Number;
        if (isNumber && Json.TryGetInt32(out var number) && number >= least && number <= most)
        {
            value = number;
            return true;
        }

        return Fail(
            isNumber ? "invalid_value" : "invalid_type",
            param,
            $"'{param}' must be a whole number from {least} to {most}."
        );
    }

    /// <summary>Reads the name of the caller's user, or null.</summary>
    public bool User(string param, out string? user)
    {
        user = null;
        if (Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (Json.TokenType != JsonTokenType.String)
        {
            return FailType(param, "a string");
        }

        if (Json.ValueSpan.Length > RequestLimits.UserBytes)
        {
            return Fail(
                "invalid_value",
                param,
                $"'{param}' is longer than {RequestLimits.UserBytes} bytes. Shorten it."
            );
        }

        // It may end up in a header or a log line.
        var name = Json.GetString()!;
        if (name.AsSpan().ContainsAnyInRange('\0', '\u001F') || name.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            return Fail("invalid_value", param, $"'{param}' has control characters. Leave them out.");
        }

        user = name;
        return true;
    }

    /// <summary>Reads an array of objects, or null, and adds their number.</summary>
    public bool Objects(string param, ref int count)
    {
        if (Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (Json.TokenType != JsonTokenType.StartArray)
        {
            return FailType(param, "an array of objects");
        }

        while (Json.Read() && Json.TokenType != JsonTokenType.EndArray)
        {
            if (Json.TokenType != JsonTokenType.StartObject)
            {
                return FailType($"{param}[{count}]", "an object");
            }

            if (!Skip())
            {
                return false;
            }

            count++;
        }

        return true;
    }

    /// <summary>Reads which form of OpenAI's an answer is demanded in, or null, and adds what a model must do for it.</summary>
    /// <param name="param">Its name.</param>
    /// <param name="expected">What it looks like.</param>
    /// <param name="features">Takes the demand.</param>
    public bool AnswerForm(string param, string expected, ref ChatFeatures features)
    {
        if (Json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (Json.TokenType != JsonTokenType.StartObject)
        {
            return FailType(param, expected);
        }

        while (Json.Read() && Json.TokenType == JsonTokenType.PropertyName)
        {
            var isType = Json.ValueTextEquals("type"u8);
            Json.Read();
            if (isType && Json.TokenType != JsonTokenType.String)
            {
                return FailType($"{param}.type", "\"text\", \"json_object\" or \"json_schema\"");
            }

            if (isType)
            {
                features |=
                    Json.ValueTextEquals("json_object"u8) ? ChatFeatures.JsonMode
                    : Json.ValueTextEquals("json_schema"u8) ? ChatFeatures.JsonSchema
                    : ChatFeatures.None;
            }
            else if (!Skip())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads one stop sequence, an array of them, or null.</summary>
    public bool Stop(string param)
    {
        if (Json.TokenType is JsonTokenType.Null or JsonTokenType.String)
        {
            return true;
        }

        var expected = $"a string or an array of at most {RequestLimits.Stops} strings";
        if (Json.TokenType != JsonTokenType.StartArray)
        {
            return FailType(param, expected);
        }

        var count = 0;
        while (Json.Read() && Json.TokenType != JsonTokenType.EndArray)
        {
            if (Json.TokenType != JsonTokenType.String || ++count > RequestLimits.Stops)
            {
                return FailType(param, expected);
            }
        }

        return true;
    }
}
