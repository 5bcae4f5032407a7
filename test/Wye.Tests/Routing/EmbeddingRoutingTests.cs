using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Routing;

public class EmbeddingRoutingTests
{
    private static readonly Model Embedder = A.PoolModel("embedder", context: 8_191, maxOutput: 0) with
    {
        Kind = ModelKind.Embedding,
        Capabilities = Capabilities.None,
    };

    private readonly RoutingWorld _world = new(
        A.Pool(
            [.. A.UsualModels(), Embedder],
            change: snapshot =>
                snapshot with
                {
                    Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["embed"] = "embedder",
                        ["best"] = "opus",
                    }.ToFrozenDictionary(StringComparer.Ordinal),
                }
        )
    );

    [Theory]
    [InlineData("embedder")]
    [InlineData("embed")]
    public void Vectors_ComeFromTheNamedModelAlone(string name)
    {
        var result = _world.Plan(A.Asked("hi", model: name, features: ChatFeatures.Embedding));
        RoutingWorld.Models(result).ShouldBe(["embedder"]);
    }

    [Fact]
    public void Batch_LargerThanTheWindowOfOneText_IsPlanned()
    {
        var many = string.Join(' ', Enumerable.Repeat("word", 40_000));
        RoutingWorld
            .Models(_world.Plan(A.Asked(many, model: "embedder", features: ChatFeatures.Embedding)))
            .ShouldBe(["embedder"]);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("opus")]
    [InlineData("best")]
    public void ModelThatChats_MakesNoVectors_AndTheErrorNamesOneThatDoes(string name)
    {
        var error = _world.Plan(A.Asked("hi", model: name, features: ChatFeatures.Embedding)).Error!;
        (error.Kind, error.Param).ShouldBe((FailureKind.ModelNotFound, "model"));
        error.Message.ShouldContain("embedder");
    }

    [Theory]
    [InlineData("embedder")]
    [InlineData("embed")]
    public void ModelThatMakesVectors_TakesNoChat_AndTheErrorSaysWhereItIsAsked(string name)
    {
        var error = _world.Plan(A.Asked("hi", model: name)).Error!;
        error.Kind.ShouldBe(FailureKind.ModelNotFound);
        error.Message.ShouldContain("/v1/embeddings");
    }

    [Fact]
    public void UnknownName_IsUnknown_WhateverIsAsked() =>
        _world
            .Plan(A.Asked("hi", model: "embeder", features: ChatFeatures.Embedding))
            .Error!.Message.ShouldContain("Did you mean 'embedder'");
}
