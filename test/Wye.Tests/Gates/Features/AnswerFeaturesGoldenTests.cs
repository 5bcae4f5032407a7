using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wye.Yaml;

namespace Wye.Gates.Features;

/// <summary>Features of many answers, pinned: a gate that was trained on them must see the same after every speed-up.</summary>
/// <remarks>
/// A line of the golden file is the hash of one answer's features. WYE_UPDATE_GOLDEN=1 rewrites it; that is a new
/// <see cref="AnswerFeatures.Version"/>, and gates trained before are refused.
/// </remarks>
public sealed class AnswerFeaturesGoldenTests
{
    private const int Answers = 600;

    // Logarithms may differ in their last bit between systems.
    private const int Digits = 4;

    // Cut at ¦.
    private static readonly string[] Pieces = (
        " ¦ ¦ ¦ ¦\n¦\n\n¦. ¦, ¦? ¦! ¦: ¦; ¦(¦)¦[¦]¦{¦}¦$¦€¦%¦#¦####¦#### 42¦\\boxed{7}¦**¦*¦ * ¦ x ¦×¦·¦"
        + "\\times ¦\\cdot¦\\div¦ + ¦ - ¦−¦–¦ / ¦÷¦ = ¦≈¦=¦<<3*4=12>>¦<<¦>>¦'¦’¦-¦_¦|¦`¦```¦1¦2¦3¦12¦42¦100¦"
        + "0.5¦.25¦3.14¦1,000¦1,00¦12,345.60¦50%¦2 = 2¦3 * 4 = 12¦5 + 5 = 11¦10/4=2.5¦7 - 9 = -2¦"
        + "(2 + 3) * 4 = 20¦20 / 80 = 25%¦15 floors * 8 units/floor = 120 units¦x = 3¦2y = 8¦a¦b¦x¦i¦I¦n¦N¦é¦ß¦"
        + "ж¦漢字¦🙂¦Š¦K¦ſ¦İ¦\u00a0¦\u200b¦\t¦\r\n¦\0¦the¦and¦apples¦half¦third¦quarter¦twice¦double¦dozen¦"
        + "hundred¦seven¦week¦hour¦days¦percent¦less than¦fewer¦more than¦left¦remain¦total¦altogether¦in all¦"
        + "each¦every¦per ¦if ¦profit¦discount¦interest¦tax¦cost¦minute¦month¦year¦age¦years old¦older¦younger¦"
        + "mph¦speed¦miles¦rate¦how much¦How many¦HOWEVER¦however¦assume¦not enough¦cannot¦unclear¦note¦but ¦"
        + "should¦typo¦seems¦impossible¦actually¦mistake¦approx¦about ¦roughly¦round¦let's¦Let ¦denote¦call ¦"
        + "I think¦I believe¦it seems¦probably¦perhaps¦might be¦I guess¦I'm sorry, but I can¦as an AI¦"
        + "I cannot help¦final answer¦Answer: ¦The answer is ¦**Answer**¦A)¦(B)¦C.¦D¦A¦don't¦well-known¦O'Neil¦"
        + "4th¦2nd¦B2B¦{\"a\":1}¦[1,2]¦true¦"
    ).Split('¦', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Features_AreWhatTheyWere()
    {
        var path = Path.Combine(Repository.Root, "test", "Wye.Tests", "Gates", "Features", "answer-features.txt");
        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var actual = string.Concat(Texts().Select(pair => $"{Hash(pair.Question, pair.Answer)}\n"));
        if (Environment.GetEnvironmentVariable("WYE_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(expected);
    }

    [Fact]
    public void AChangedFeature_ChangesTheHash() =>
        Hash("How many?", "5 + 5 = 10").ShouldNotBe(Hash("How many?", "5 + 5 = 11"));

    private static IEnumerable<(string Question, string Answer)> Texts()
    {
        var random = new Random(2_026);
        yield return ("", "");
        yield return ("?", "k");
        yield return ("", " k ");
        for (var i = 3; i < Answers; i++)
        {
            yield return (Text(random, random.Next(0, 40)), Text(random, i % 10 == 0 ? 1_500 : random.Next(0, 120)));
        }
    }

    private static string Text(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pieces; i++)
        {
            text.Append(Pieces[random.Next(Pieces.Length)]);
            text.Append(random.Next(3) == 0 ? " " : "");
            text.Append(random.Next(8) == 0 ? random.Next(1_000).ToString(CultureInfo.InvariantCulture) : "");
        }

        return text.ToString();
    }

    private static string Hash(string question, string answer)
    {
        var view = new AnswerView();
        view.Load(question, answer);
        var values = new float[AnswerFeatures.MostFeatures];
        var count = AnswerFeatures.Write(view, new FeatureScratch(), values);
        var bytes = new byte[count * sizeof(double)];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(
                bytes.AsSpan(i * sizeof(double)),
                Math.Round(values[i], Digits) + 0d
            );
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
    }
}
