using System.Globalization;
using Wye.Load;
using Wye.Load.Profiles;

// Wye.Load upstream PORT
// Wye.Load body MODEL BYTES turns|one
// Wye.Load rate URL KEY MODEL PER_SECOND SECONDS
// Wye.Load streams URL KEY MODEL STREAMS SECONDS
// Wye.Load flame PROFILE PICTURE.svg TITLE
// Wye.Load shares PROFILE MICROSECONDS
// Wye.Load report RESULTS.tsv FIGURE.md FIGURE.json
switch (args)
{
    case ["upstream", var port]:
        return PacedUpstream.Run(int.Parse(port, CultureInfo.InvariantCulture));
    case ["body", var model, var bytes, var shape]:
        Console.Write(
            ChatBody.Render(model, int.Parse(bytes, CultureInfo.InvariantCulture), shape == "turns", stream: false)
        );
        return 0;
    case ["rate", var url, var key, var model, var rate, var seconds]:
        return RateLoad.Run(new Target(new Uri(url), key, model), Number(rate), Number(seconds));
    case ["streams", var url, var key, var model, var streams, var seconds]:
        return StreamLoad.Run(new Target(new Uri(url), key, model), (int)Number(streams), Number(seconds));
    case ["report", var results, var markdown, var json]:
        return SpeedReport.Write(results, markdown, json);
    case ["flame", var profile, var picture, var title]:
        FlamePicture.Write(profile, picture, title);
        return 0;
    case ["shares", var profile, var microseconds]:
        ShareTable.Print(profile, Number(microseconds));
        return 0;
    default:
        Console.Error.WriteLine("Wye.Load upstream|body|rate|streams|flame|shares|report …; see bench/README.md.");
        return 2;
}

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
