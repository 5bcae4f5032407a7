// The official openai package against the newer faces of a running gateway: responses, embeddings, completions, models.
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const baseURL = process.env.WYE_BASE_URL;
const apiKey = process.env.WYE_API_KEY;
const model = process.env.WYE_MODEL ?? "auto";
const embedding = process.env.WYE_EMBEDDING;
const refuse = process.env.WYE_REFUSE;
const stall = process.env.WYE_STALL ?? "Tell me a long story";
if (!baseURL || !apiKey) {
  throw new Error("Set WYE_BASE_URL (ends in /v1) and WYE_API_KEY; test/clients/README.md says how.");
}

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 30_000 });
const input = "Classify this ticket as bug, question or praise: 'The export button does nothing.'";
const tool = {
  type: "function",
  name: "get_weather",
  description: "Current weather of a city.",
  strict: true,
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
};
const schema = {
  type: "object",
  properties: { colour: { type: "string", enum: ["red", "blue"] } },
  required: ["colour"],
  additionalProperties: false,
};

test("a response answers with text, usage and what it cost", async () => {
  const { data, response } = await client.responses
    .create({ model, input, instructions: "Be brief.", metadata: { purpose: "test" }, max_output_tokens: 400 })
    .withResponse();
  assert.equal(data.object, "response");
  assert.equal(data.status, "completed");
  assert.ok(data.output_text.length > 0);
  assert.equal(data.instructions, "Be brief.");
  assert.deepEqual(data.metadata, { purpose: "test" });
  assert.equal(data.max_output_tokens, 400);
  assert.ok(data.usage.input_tokens > 0 && data.usage.output_tokens > 0);
  assert.equal(data.usage.total_tokens, data.usage.input_tokens + data.usage.output_tokens);
  assert.ok(Number(response.headers.get("x-wye-cost-usd")) > 0);
});

test("a stream brings its events in order, and the same text as its last one", async () => {
  const stream = await client.responses.create({ model, input, stream: true });
  const types = [];
  let text = "";
  let last = null;
  let number = 0;
  for await (const event of stream) {
    assert.equal(event.sequence_number, number++);
    types.push(event.type);
    text += event.type === "response.output_text.delta" ? event.delta : "";
    last = event;
  }
  assert.deepEqual(types.slice(0, 4), [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
  ]);
  assert.deepEqual(types.slice(-4), [
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  assert.equal(last.response.output[0].content[0].text, text);
  assert.ok(last.response.usage.output_tokens > 0);
});

test("the stream helper assembles the response", async () => {
  const stream = client.responses.stream({ model, input });
  const final = await stream.finalResponse();
  assert.equal(final.status, "completed");
  assert.ok(final.output_text.length > 0);
});

test("a demanded tool is called, and its result is answered in a response that continues", async () => {
  const ask = { model, tools: [tool], input: "What is the weather in Lisbon?" };
  const first = await client.responses.create({ ...ask, tool_choice: { type: "function", name: "get_weather" } });
  const call = first.output.find((item) => item.type === "function_call");
  assert.equal(call.name, "get_weather");
  assert.equal(typeof JSON.parse(call.arguments), "object");
  const second = await client.responses.create({
    model,
    tools: [tool],
    tool_choice: "none",
    previous_response_id: first.id,
    input: [{ type: "function_call_output", call_id: call.call_id, output: '{"celsius":19}' }],
  });
  assert.equal(second.previous_response_id, first.id);
  assert.ok(second.output_text.length > 0);
  assert.ok(second.usage.input_tokens > first.usage.input_tokens, "the whole conversation is sent");
});

test("parallel tools stream their arguments", async () => {
  const stream = client.responses.stream({
    model,
    tools: [tool, { ...tool, name: "get_time" }],
    input: "Please get weather and get time for Lisbon",
  });
  const final = await stream.finalResponse();
  const calls = final.output.filter((item) => item.type === "function_call");
  assert.deepEqual(calls.map((call) => call.name), ["get_weather", "get_time"]);
  for (const call of calls) {
    assert.equal(typeof JSON.parse(call.arguments), "object");
  }
});

test("an image is read", async () => {
  const response = await client.responses.create({
    model,
    input: [
      {
        role: "user",
        content: [
          { type: "input_text", text: "Which colour?" },
          { type: "input_image", detail: "auto", image_url: "data:image/png;base64,iVBORw0KGgo=" },
        ],
      },
    ],
  });
  assert.ok(response.usage.input_tokens > 80, "an image costs more than its question");
});

test("an answer keeps to its JSON schema", async () => {
  const response = await client.responses.create({
    model,
    input,
    text: { format: { type: "json_schema", name: "paint", strict: true, schema } },
  });
  assert.match(JSON.parse(response.output_text).colour, /^(red|blue)$/);
});

test("a response is kept, given again and forgotten", async () => {
  const first = await client.responses.create({ model, input: "My name is Ada." });
  assert.deepEqual((await client.responses.retrieve(first.id)).output, first.output);
  const asked = await client.responses.create({ model, input: "And you?", previous_response_id: first.id });
  const roles = [];
  for await (const item of client.responses.inputItems.list(asked.id, { limit: 2, order: "asc" })) {
    roles.push(item.role);
  }
  assert.deepEqual(roles, ["user", "assistant", "user"]);
  await client.responses.delete(first.id);
  await assert.rejects(client.responses.retrieve(first.id), OpenAI.NotFoundError);
  await assert.rejects(
    client.responses.create({ model, input: "And?", previous_response_id: first.id }),
    (error) => error.status === 400 && error.code === "previous_response_not_found" && error.param === "previous_response_id",
  );
  const unkept = await client.responses.create({ model, input: "My name is Ada.", store: false });
  await assert.rejects(client.responses.retrieve(unkept.id), OpenAI.NotFoundError);
});

test("what is not offered is refused with its path", async () => {
  await assert.rejects(
    client.responses.create({ model, input, tools: [{ type: "web_search" }] }),
    (error) => error.status === 400 && error.param === "tools[0]",
  );
  await assert.rejects(
    client.responses.create({ model, input, background: true }),
    (error) => error.status === 400 && error.param === "background",
  );
});

test("a stream is aborted after its first text", async () => {
  const stream = await client.responses.create({ model, input: stall, stream: true });
  let text = "";
  for await (const event of stream) {
    text += event.type === "response.output_text.delta" ? event.delta : "";
    if (text.length > 0) {
      stream.controller.abort();
    }
  }
  assert.ok(text.length > 0);
});

if (refuse) {
  test("a refusal of the upstream is the client's bad request", async () => {
    await assert.rejects(client.responses.create({ model, input: refuse }), OpenAI.BadRequestError);
  });
}

test("an older completion answers with text, whole and streamed", async () => {
  const whole = await client.completions.create({ model, prompt: "Once upon a time", max_tokens: 50 });
  assert.equal(whole.object, "text_completion");
  assert.ok(whole.choices[0].text.length > 0);
  assert.ok(whole.usage.completion_tokens > 0);
  let text = "";
  for await (const chunk of await client.completions.create({ model, prompt: "Once upon a time", max_tokens: 50, stream: true })) {
    text += chunk.choices[0]?.text ?? "";
  }
  assert.equal(text, whole.choices[0].text);
  await assert.rejects(
    client.completions.create({ model, prompt: "Once", suffix: "the end." }),
    (error) => error.status === 400 && error.param === "suffix",
  );
});

if (embedding) {
  test("texts become vectors, one by one and in a batch", async () => {
    const one = await client.embeddings.create({ model: embedding, input: "hello", dimensions: 8, encoding_format: "float" });
    const batch = await client.embeddings.create({ model: embedding, input: ["hello", "world"], dimensions: 8 });
    assert.equal(one.data[0].embedding.length, 8);
    assert.equal(batch.data.length, 2);
    // The client asks for base64 unless told otherwise, which has less precision than what it prints.
    one.data[0].embedding.forEach((value, i) => assert.ok(Math.abs(value - batch.data[0].embedding[i]) < 1e-6));
    assert.ok(batch.usage.prompt_tokens > one.usage.prompt_tokens);
    await assert.rejects(client.embeddings.create({ model, input: "hello" }), OpenAI.NotFoundError);
  });
}

test("models are listed and found by name", async () => {
  const ids = [];
  for await (const listed of client.models.list()) {
    ids.push(listed.id);
  }
  assert.ok(ids.includes(model));
  assert.equal((await client.models.retrieve(model)).id, model);
  await assert.rejects(client.models.retrieve("no/such-model"), OpenAI.NotFoundError);
});
