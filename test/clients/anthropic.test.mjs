// The official @anthropic-ai/sdk package against a running gateway. See README.md for how to run it.
import assert from "node:assert/strict";
import { test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";

const baseURL = process.env.WYE_BASE_URL?.replace(/\/v1\/?$/, "");
const apiKey = process.env.WYE_API_KEY;
const model = process.env.WYE_MODEL ?? "auto";
if (!baseURL || !apiKey) {
  // Not skipped: a run without a gateway proves nothing and must not look as if it did.
  throw new Error("Set WYE_BASE_URL (ends in /v1) and WYE_API_KEY; test/clients/README.md says how.");
}

// What the upstream refuses, and what it answers with a little text and then silence. Another upstream answers the second in full.
const refuse = process.env.WYE_REFUSE;
const stall = process.env.WYE_STALL ?? "Tell me a long story";

const client = new Anthropic({ baseURL, apiKey, maxRetries: 0, timeout: 30_000 });
const max_tokens = 1_000;
const messages = [{ role: "user", content: "Classify this ticket as bug, question or praise: 'The export button does nothing.'" }];
const tool = {
  name: "get_weather",
  description: "Current weather of a city.",
  input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const tool_choice = { type: "tool", name: "get_weather" };
const schema = {
  type: "object",
  properties: { colour: { type: "string", enum: ["red", "blue"] } },
  required: ["colour"],
  additionalProperties: false,
};
const png = "iVBORw0KGgo=";

/** Another model may answer only where none was named. */
function assertModel(response) {
  if (model !== "auto") {
    assert.equal(response.headers.get("x-wye-model"), model);
  }
}

test("a message answers with content, usage and what it cost", async () => {
  const { data, response } = await client.messages.create({ model, max_tokens, messages }).withResponse();
  assert.equal(data.type, "message");
  assert.equal(data.role, "assistant");
  assert.ok(data.content[0].text.length > 0);
  assert.equal(data.stop_reason, "end_turn");
  assert.ok(data.usage.input_tokens > 0 && data.usage.output_tokens > 0);
  for (const name of ["x-wye-request-id", "x-wye-model", "x-wye-route", "x-wye-why", "x-wye-attempts"]) {
    assert.ok(response.headers.get(name), `header ${name} is missing`);
  }
  assertModel(response);
  assert.ok(Number(response.headers.get("x-wye-cost-usd")) > 0);
});

test("a stream assembles into a whole message", async () => {
  let pieces = 0;
  const stream = client.messages.stream({ model, max_tokens, messages }).on("text", () => pieces++);
  const final = await stream.finalMessage();
  assert.ok(pieces > 1, `${pieces} pieces`);
  assert.ok(final.content[0].text.length > 0);
  assert.equal(final.stop_reason, "end_turn");
  assert.ok(final.usage.output_tokens > 0);
});

test("a demanded tool is called, and its result is answered", async () => {
  const ask = { role: "user", content: "What is the weather in Lisbon?" };
  const first = await client.messages.create({ model, max_tokens, messages: [ask], tools: [tool], tool_choice });
  assert.equal(first.stop_reason, "tool_use");
  const use = first.content.find((block) => block.type === "tool_use");
  assert.equal(use.name, "get_weather");
  assert.equal(typeof use.input, "object");

  const second = await client.messages.create({
    model,
    max_tokens,
    tools: [tool],
    tool_choice: { type: "none" },
    messages: [
      ask,
      { role: "assistant", content: first.content },
      { role: "user", content: [{ type: "tool_result", tool_use_id: use.id, content: '{"celsius":19}' }] },
    ],
  });
  assert.ok(second.content[0].text.length > 0);
});

test("a streamed tool call assembles from its deltas", async () => {
  const ask = { role: "user", content: "What is the weather in Oslo?" };
  const stream = client.messages.stream({ model, max_tokens, messages: [ask], tools: [tool], tool_choice });
  const final = await stream.finalMessage();
  const use = final.content.find((block) => block.type === "tool_use");
  assert.equal(use.name, "get_weather");
  assert.ok("city" in use.input);
});

test("parallel tools are called, and their results are answered", async () => {
  const ask = { role: "user", content: "Please get weather and get time for Lisbon" };
  const tools = [tool, { ...tool, name: "get_time" }];
  const first = await client.messages.create({ model, max_tokens, messages: [ask], tools });
  assert.equal(first.stop_reason, "tool_use");
  const uses = first.content.filter((block) => block.type === "tool_use");
  assert.deepEqual(uses.map((use) => use.name), ["get_weather", "get_time"]);
  const results = uses.map((use) => ({ type: "tool_result", tool_use_id: use.id, content: "19" }));
  const second = await client.messages.create({
    model,
    max_tokens,
    tools,
    tool_choice: { type: "none" },
    messages: [ask, { role: "assistant", content: first.content }, { role: "user", content: results }],
  });
  assert.ok(second.content[0].text.length > 0);
});

test("a tool runner that would leave the conversation to the provider sends all of it", async () => {
  const run = betaTool({ name: tool.name, description: tool.description, inputSchema: tool.input_schema, run: () => "19 °C" });
  const ask = { role: "user", content: "Please get weather for Lisbon" };
  const answers = [];
  for await (const answer of client.beta.messages.toolRunner({ model, max_tokens, messages: [ask], tools: [run] })) {
    answers.push(answer);
  }
  assert.deepEqual(answers.map((answer) => answer.stop_reason), ["tool_use", "end_turn"]);
  assert.ok(answers[1].usage.input_tokens > answers[0].usage.input_tokens, "the whole conversation is sent");
});

test("an image is read", async () => {
  const content = [
    { type: "text", text: "Which colour?" },
    { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
  ];
  const { data, response } = await client.messages
    .create({ model, max_tokens, messages: [{ role: "user", content }] })
    .withResponse();
  assertModel(response);
  assert.ok(data.content[0].text.length > 0);
  assert.ok(data.usage.input_tokens > 80, "an image costs more than its question");
});

test("an answer keeps to its JSON schema", async () => {
  const { data, response } = await client.messages
    .create({ model, max_tokens, messages, output_config: { format: { type: "json_schema", schema } } })
    .withResponse();
  assertModel(response);
  assert.match(JSON.parse(data.content[0].text).colour, /^(red|blue)$/);
});

test("a stream is aborted after its first text", async () => {
  const stream = client.messages.stream({ model, max_tokens, messages: [{ role: "user", content: stall }] });
  let text = "";
  stream.on("text", (piece) => {
    text += piece;
    stream.abort();
  });
  await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError);
  assert.ok(text.length > 0);
});

if (refuse) {
  test("a refusal of the upstream is the client's bad request", async () => {
    const ask = { role: "user", content: refuse };
    await assert.rejects(client.messages.create({ model, max_tokens, messages: [ask] }), Anthropic.BadRequestError);
  });
}

test("tokens are counted", async () => {
  const count = await client.messages.countTokens({ model, messages });
  assert.ok(count.input_tokens > 0);
});

test("an unknown model is an error in the envelope the client knows", async () => {
  await assert.rejects(client.messages.create({ model: "no-such-model", max_tokens, messages }), (error) => {
    assert.ok(error instanceof Anthropic.NotFoundError, String(error));
    assert.match(error.message, /no-such-model/);
    return true;
  });
});

test("a wrong key is refused as an authentication error", async () => {
  const stranger = new Anthropic({ baseURL, apiKey: "wye-not-a-key", maxRetries: 0 });
  await assert.rejects(stranger.messages.create({ model, max_tokens, messages }), Anthropic.AuthenticationError);
});
