namespace Wye.Dialects.Fields;

/// <summary>One request per field of the table in docs/dialects.md: the field set so that it asks for something.</summary>
internal static class FieldSamples
{
    private const string Tool = """{"type":"function","function":{"name":"w","parameters":{"type":"object"}}}""";
    private const string OwnTool = """{"name":"w","input_schema":{"type":"object"}}""";
    private const string FlatTool = """{"type":"function","name":"w","parameters":{"type":"object"}}""";
    private const string BoundSchema = """{"type":"object","properties":{"n":{"type":"integer","minimum":1}}}""";
    private const string Schema = """{"type":"object","properties":{},"required":[],"additionalProperties":false}""";
    private const string Image = "data:image/png;base64,AAA=";
    private const string Pdf = "data:application/pdf;base64,BBB=";

    /// <summary>A request without the field, for each caller.</summary>
    public static readonly Dictionary<string, string> Plain = new(StringComparer.Ordinal)
    {
        ["openai"] = Chat(),
        ["anthropic"] = Messages(),
        ["responses"] = Responses(),
        ["completions"] = """{"model":"auto","prompt":"Hi"}""",
        ["embeddings"] = """{"model":"auto","input":"Hi"}""",
    };

    /// <summary>Requests with the field, by caller and field.</summary>
    public static readonly Dictionary<(string Caller, string Field), string> All = new()
    {
        // OpenAI chat completions
        [("openai", "messages[] system, developer")] = Parts("system", "\"Be brief.\""),
        [("openai", "messages[].content[] text")] = Parts("user", """[{"type":"text","text":"Ho"}]"""),
        [("openai", "messages[].content[] image_url by bytes")] = Part(
            $$$$$"""{"type":"image_url","image_url":{"url":"{{{{{Image}}}}}"}}"""
        ),
        [("openai", "messages[].content[] image_url by address")] = Part(
            """{"type":"image_url","image_url":{"url":"https://x.y/z.png"}}"""
        ),
        [("openai", "messages[].content[].image_url.detail")] = Part(
            $$$$$"""{"type":"image_url","image_url":{"url":"{{{{{Image}}}}}","detail":"low"}}"""
        ),
        [("openai", "messages[].content[] file by bytes")] = Part(
            $$$$$"""{"type":"file","file":{"file_data":"{{{{{Pdf}}}}}"}}"""
        ),
        [("openai", "messages[].content[].file.filename")] = Part(
            $$$$$"""{"type":"file","file":{"filename":"a.pdf","file_data":"{{{{{Pdf}}}}}"}}"""
        ),
        [("openai", "messages[].content[] image_url by bytes, other than JPEG, PNG, GIF, WebP")] = Part(
            """{"type":"image_url","image_url":{"url":"data:image/svg+xml;base64,AAA="}}"""
        ),
        [("openai", "messages[].content[] file by bytes, plain text")] = Part(
            """{"type":"file","file":{"file_data":"data:text/plain;base64,SG8="}}"""
        ),
        [("openai", "messages[].content[] file by bytes, neither PDF nor plain text")] = Part(
            """{"type":"file","file":{"file_data":"data:text/csv;base64,SG8="}}"""
        ),
        [("openai", "messages[].content[] file by id")] = Part("""{"type":"file","file":{"file_id":"file-1"}}"""),
        [("openai", "messages[].content[] input_audio")] = Part(
            """{"type":"input_audio","input_audio":{"data":"AAA=","format":"wav"}}"""
        ),
        [("openai", "messages[].content[].cache_control")] = Part(
            """{"type":"text","text":"Ho","cache_control":{"type":"ephemeral"}}"""
        ),
        [("openai", "messages[].annotations, cache_control of tool messages, any other")] = Chat(
            "",
            """{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho","annotations":[{"type":"url_citation"}]},{"role":"user","content":"And?"}"""
        ),
        [("openai", "messages without any text")] = Chat("", """{"role":"user","content":""}"""),
        [("openai", "messages[].name")] = Chat("", """{"role":"user","content":"Hi","name":"ada"}"""),
        [("openai", "messages[].tool_calls, tool messages")] = Chat("", Turn()),
        [("openai", "messages[].reasoning_content")] = Chat(
            "",
            """{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho","reasoning_content":"Hm"},{"role":"user","content":"And?"}"""
        ),
        [("openai", "messages[].function_call, function messages")] = Chat(
            "",
            """{"role":"user","content":"Hi"},{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}}"""
        ),
        [("openai", "messages[].audio")] = Chat(
            "",
            """{"role":"user","content":"Hi"},{"role":"assistant","audio":{"id":"a1"},"content":null},{"role":"user","content":"And?"}"""
        ),
        [("openai", "max_tokens, max_completion_tokens")] = Chat(""","max_tokens":77"""),
        [("openai", "temperature")] = Chat(""","temperature":0.25"""),
        [("openai", "top_p")] = Chat(""","top_p":0.25"""),
        [("openai", "top_k")] = Chat(""","top_k":7"""),
        [("openai", "stop")] = Chat(""","stop":["END"]"""),
        [("openai", "n")] = Chat(""","n":2"""),
        [("openai", "stream, stream_options")] = Chat(""","stream":true,"stream_options":{"include_usage":true}"""),
        [("openai", "tools")] = Chat($",\"tools\":[{Tool}]"),
        [("openai", "tools[] that are no functions")] = Chat(""","tools":[{"type":"custom","custom":{"name":"c"}}]"""),
        [("openai", "tools[].function.strict")] = Chat(
            $$$$$""","tools":[{"type":"function","function":{"name":"w","strict":true,"parameters":{{{{{Schema}}}}}}}]"""
        ),
        [("openai", "tools[].cache_control, any other")] = Chat(
            ""","tools":[{"type":"function","function":{"name":"w"},"cache_control":{"type":"ephemeral"}}]"""
        ),
        [("openai", "tool_choice")] = Chat($",\"tools\":[{Tool}],\"tool_choice\":\"required\""),
        [("openai", "tool_choice allowed_tools")] = Chat(
            $$$$$""","tools":[{{{{{Tool}}}}}],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}"""
        ),
        [("openai", "tool_choice that demands a tool, without tools")] = Chat(",\"tool_choice\":\"required\""),
        [("openai", "parallel_tool_calls")] = Chat($",\"tools\":[{Tool}],\"parallel_tool_calls\":false"),
        [("openai", "functions, function_call")] = Chat(""","functions":[{"name":"f"}]"""),
        [("openai", "response_format json_schema")] = Chat(
            $$$$$""","response_format":{"type":"json_schema","json_schema":{"name":"c","schema":{{{{{Schema}}}}}}}"""
        ),
        [("openai", "response_format json_object")] = Chat(""","response_format":{"type":"json_object"}"""),
        [("openai", "response_format json_schema.description")] = Chat(
            $$$$$""","response_format":{"type":"json_schema","json_schema":{"name":"c","description":"d","schema":{{{{{Schema}}}}}}}"""
        ),
        [("openai", "response_format json_schema with bounds")] = Chat(
            $$$$$""","response_format":{"type":"json_schema","json_schema":{"name":"c","schema":{{{{{BoundSchema}}}}}}}"""
        ),
        [("openai", "response_format of another type, or without its schema")] = Chat(
            ""","response_format":{"type":"grammar","grammar":"x"}"""
        ),
        [("openai", "reasoning_effort")] = Chat(""","reasoning_effort":"high","max_tokens":9000"""),
        [("openai", "logprobs, top_logprobs")] = Chat(""","logprobs":true"""),
        [("openai", "modalities, audio")] = Chat(""","modalities":["text","audio"],"audio":{"voice":"x"}"""),
        [("openai", "web_search_options")] = Chat(""","web_search_options":{}"""),
        [("openai", "user")] = Chat(",\"user\":\"u1\""),
        [("openai", "seed")] = Chat(""","seed":7"""),
        [("openai", "presence_penalty, frequency_penalty")] = Chat(
            ""","presence_penalty":0.5,"frequency_penalty":0.5"""
        ),
        [("openai", "logit_bias")] = Chat(""","logit_bias":{"1":2}"""),
        [("openai", "metadata, store")] = Chat(""","metadata":{"a":"b"},"store":true"""),
        [("openai", "service_tier, prediction, verbosity, prompt_cache_key, any other")] = Chat(
            ""","service_tier":"flex","vendor_thing":{"a":1}"""
        ),

        // Anthropic messages
        [("anthropic", "system")] = Messages(",\"system\":\"Be brief.\""),
        [("anthropic", "messages[].content[] text")] = Block("""{"type":"text","text":"Ho"}"""),
        [("anthropic", "messages[].content[] image by bytes")] = Block(
            """{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAA="}}"""
        ),
        [("anthropic", "messages[].content[] image by address")] = Block(
            """{"type":"image","source":{"type":"url","url":"https://x.y/z.png"}}"""
        ),
        [("anthropic", "messages[].content[] document by bytes or text")] = Block(
            """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"BBB="}}"""
        ),
        [("anthropic", "messages[].content[].title of a document by bytes")] = Block(
            """{"type":"document","title":"T","source":{"type":"base64","media_type":"application/pdf","data":"BBB="}}"""
        ),
        [("anthropic", "messages[].content[].context")] = Block(
            """{"type":"document","context":"c","source":{"type":"text","media_type":"text/plain","data":"d"}}"""
        ),
        [("anthropic", "messages[].content[].citations")] = Block(
            """{"type":"document","citations":{"enabled":true},"source":{"type":"text","media_type":"text/plain","data":"d"}}"""
        ),
        [("anthropic", "messages[].content[] document by address")] = Block(
            """{"type":"document","source":{"type":"url","url":"https://x.y/z.pdf"}}"""
        ),
        [("anthropic", "messages[].content[] image, document by file id")] = Block(
            """{"type":"document","source":{"type":"file","file_id":"file_1"}}"""
        ),
        [("anthropic", "messages[].content[] tool_use, tool_result")] = Messages("", OwnTurn("")),
        [("anthropic", "messages[].content[] tool_result.is_error")] = Messages("", OwnTurn(",\"is_error\":true")),
        [("anthropic", "messages[].content[] thinking")] = Messages(
            "",
            """{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"s"},{"type":"text","text":"Ho"}]},{"role":"user","content":"And?"}"""
        ),
        [("anthropic", "messages[].content[] blocks of tools that the provider runs")] = Messages(
            "",
            """{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"server_tool_use","id":"s1","name":"web_search","input":{}}]},{"role":"user","content":"And?"}"""
        ),
        [("anthropic", "cache_control")] = Block(
            """{"type":"text","text":"Ho","cache_control":{"type":"ephemeral"}}"""
        ),
        [("anthropic", "max_tokens")] = Messages()
            .Replace("\"max_tokens\":50", "\"max_tokens\":77", StringComparison.Ordinal),
        [("anthropic", "temperature")] = Messages(""","temperature":0.25"""),
        [("anthropic", "top_p")] = Messages(""","top_p":0.25"""),
        [("anthropic", "top_k")] = Messages(""","top_k":7"""),
        [("anthropic", "stop_sequences")] = Messages(""","stop_sequences":["END"]"""),
        [("anthropic", "stream")] = Messages(""","stream":true"""),
        [("anthropic", "tools")] = Messages($",\"tools\":[{OwnTool}]"),
        [("anthropic", "tools[].input_examples, defer_loading, any other")] = Messages(
            ""","tools":[{"name":"w","input_schema":{"type":"object"},"input_examples":[{"a":1}],"defer_loading":true}]"""
        ),
        [("anthropic", "tools[] that the provider runs")] = Messages(
            ""","tools":[{"type":"web_search_20250305","name":"web_search"}]"""
        ),
        [("anthropic", "tool_choice")] = Messages($$$$$""","tools":[{{{{{OwnTool}}}}}],"tool_choice":{"type":"any"}"""),
        [("anthropic", "tool_choice of another type, or without tools")] = Messages(
            $$$$$""","tools":[{{{{{OwnTool}}}}}],"tool_choice":{"type":"allowed"}"""
        ),
        [("anthropic", "tool_choice.disable_parallel_tool_use")] = Messages(
            $$$$$""","tools":[{{{{{OwnTool}}}}}],"tool_choice":{"type":"auto","disable_parallel_tool_use":true}"""
        ),
        [("anthropic", "output_config.format")] = Messages(
            $$$$$""","output_config":{"format":{"type":"json_schema","schema":{{{{{Schema}}}}}}}"""
        ),
        [("anthropic", "output_config.format of another type, or without its schema")] = Messages(
            ""","output_config":{"format":{"type":"grammar"}}"""
        ),
        [("anthropic", "thinking, output_config.effort")] = Messages(
            ""","thinking":{"type":"enabled","budget_tokens":2048}"""
        ),
        [("anthropic", "metadata.user_id")] = Messages(""","metadata":{"user_id":"u1"}"""),
        [("anthropic", "mcp_servers, container")] = Messages(
            ""","mcp_servers":[{"type":"url","url":"https://x.y","name":"m"}]"""
        ),
        [("anthropic", "service_tier, context_management, any other")] = Messages(
            ""","service_tier":"auto","vendor_thing":{"a":1}"""
        ),

        // OpenAI responses
        [("responses", "instructions")] = Responses(",\"instructions\":\"Be brief.\""),
        [("responses", "input[] messages")] = Responses(
            "",
            """[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"input_text","text":"Hi"}]}]"""
        ),
        [("responses", "input[].content[] input_image by bytes")] = Input(
            $$$$$"""{"type":"input_image","image_url":"{{{{{Image}}}}}"}"""
        ),
        [("responses", "input[].content[] input_image by address")] = Input(
            """{"type":"input_image","image_url":"https://x.y/z.png"}"""
        ),
        [("responses", "input[].content[] input_image by file id")] = Input(
            """{"type":"input_image","file_id":"file-1"}"""
        ),
        [("responses", "input[].content[].detail")] = Input(
            $$$$$"""{"type":"input_image","image_url":"{{{{{Image}}}}}","detail":"low"}"""
        ),
        [("responses", "input[].content[] input_file by bytes")] = Input(
            $$$$$"""{"type":"input_file","file_data":"{{{{{Pdf}}}}}"}"""
        ),
        [("responses", "input[].content[].filename")] = Input(
            $$$$$"""{"type":"input_file","filename":"a.pdf","file_data":"{{{{{Pdf}}}}}"}"""
        ),
        [("responses", "input[].content[] input_file by bytes, plain text")] = Input(
            """{"type":"input_file","file_data":"data:text/plain;base64,SG8="}"""
        ),
        [("responses", "input[].content[] input_file by bytes, neither PDF nor plain text")] = Input(
            """{"type":"input_file","file_data":"data:text/csv;base64,SG8="}"""
        ),
        [("responses", "input[].content[] input_file by address")] = Input(
            """{"type":"input_file","file_url":"https://x.y/z.pdf"}"""
        ),
        [("responses", "input[].content[] input_file by id")] = Input("""{"type":"input_file","file_id":"file-1"}"""),
        [("responses", "input[].content[] input_audio")] = Input("""{"type":"input_audio","input_audio":{}}"""),
        [("responses", "input[] function_call, function_call_output")] = Responses(
            "",
            """[{"role":"user","content":"Hi"},{"type":"function_call","call_id":"c1","name":"w","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"19"}]"""
        ),
        [("responses", "input without any text")] = Responses("", "\"\""),
        [("responses", "input[].content[].annotations, any other")] = Responses(
            "",
            """[{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"output_text","text":"Ho","annotations":[{"type":"url_citation"}]}]},{"role":"user","content":"And?"}]"""
        ),
        [("responses", "input[] reasoning")] = Responses(
            "",
            """[{"role":"user","content":"Hi"},{"type":"reasoning","id":"rs_1","summary":[]},{"role":"assistant","content":"Ho"},{"role":"user","content":"And?"}]"""
        ),
        [("responses", "input[] item_reference to what is not kept")] = Responses(
            "",
            """[{"role":"user","content":"Hi"},{"type":"item_reference","id":"msg_1"}]"""
        ),
        [("responses", "input[] items of tools that the provider runs")] = Responses(
            "",
            """[{"role":"user","content":"Hi"},{"type":"web_search_call","id":"ws_1","status":"completed"}]"""
        ),
        [("responses", "max_output_tokens")] = Responses(""","max_output_tokens":77"""),
        [("responses", "temperature")] = Responses(""","temperature":0.25"""),
        [("responses", "top_p")] = Responses(""","top_p":0.25"""),
        [("responses", "stream")] = Responses(""","stream":true"""),
        [("responses", "tools")] = Responses($",\"tools\":[{FlatTool}]"),
        [("responses", "tools[] that are no functions")] = Responses(""","tools":[{"type":"web_search"}]"""),
        [("responses", "tool_choice")] = Responses($",\"tools\":[{FlatTool}],\"tool_choice\":\"required\""),
        [("responses", "tool_choice allowed_tools, a tool of the provider")] = Responses(
            $$$$$""","tools":[{{{{{FlatTool}}}}}],"tool_choice":{"type":"allowed_tools","mode":"auto","tools":[]}"""
        ),
        [("responses", "tool_choice that demands a tool, without tools")] = Responses(",\"tool_choice\":\"required\""),
        [("responses", "parallel_tool_calls")] = Responses($",\"tools\":[{FlatTool}],\"parallel_tool_calls\":false"),
        [("responses", "text.format json_schema")] = Responses(
            $$$$$""","text":{"format":{"type":"json_schema","name":"c","schema":{{{{{Schema}}}}}}}"""
        ),
        [("responses", "text.format json_object")] = Responses(""","text":{"format":{"type":"json_object"}}"""),
        [("responses", "text.format json_schema.description")] = Responses(
            $$$$$""","text":{"format":{"type":"json_schema","name":"c","description":"d","schema":{{{{{Schema}}}}}}}"""
        ),
        [("responses", "text.format json_schema with bounds")] = Responses(
            $$$$$""","text":{"format":{"type":"json_schema","name":"c","schema":{{{{{BoundSchema}}}}}}}"""
        ),
        [("responses", "text.format of another type, or without its schema")] = Responses(
            ""","text":{"format":{"type":"grammar"}}"""
        ),
        [("responses", "text.verbosity")] = Responses(""","text":{"verbosity":"low"}"""),
        [("responses", "reasoning.effort")] = Responses(""","reasoning":{"effort":"high"},"max_output_tokens":9000"""),
        [("responses", "top_logprobs")] = Responses(""","top_logprobs":3"""),
        [("responses", "user")] = Responses(",\"user\":\"u1\""),
        [("responses", "metadata, store, reasoning.summary")] = Responses(
            ""","metadata":{"a":"b"},"store":true,"reasoning":{"summary":"auto"}"""
        ),
        [("responses", "truncation auto")] = Responses(",\"truncation\":\"auto\""),
        [("responses", "include")] = Responses(""","include":["reasoning.encrypted_content"]"""),
        [("responses", "service_tier, prompt_cache_key, safety_identifier, max_tool_calls, any other")] = Responses(
            ""","service_tier":"flex","vendor_thing":{"a":1}"""
        ),

        // OpenAI completions
        [("completions", "prompt")] = """{"model":"auto","prompt":"Once"}""",
        [("completions", "prompt several, or tokens")] = """{"model":"auto","prompt":["a","b"]}""",
        [("completions", "prompt without any text")] = """{"model":"auto","prompt":""}""",
        [("completions", "max_tokens")] = """{"model":"auto","prompt":"Hi","max_tokens":77}""",
        [("completions", "temperature")] = """{"model":"auto","prompt":"Hi","temperature":0.25}""",
        [("completions", "top_p")] = """{"model":"auto","prompt":"Hi","top_p":0.25}""",
        [("completions", "stop")] = """{"model":"auto","prompt":"Hi","stop":["END"]}""",
        [("completions", "stream")] = """{"model":"auto","prompt":"Hi","stream":true}""",
        [("completions", "user")] = """{"model":"auto","prompt":"Hi","user":"u1"}""",
        [("completions", "n, best_of")] = """{"model":"auto","prompt":"Hi","n":2}""",
        [("completions", "echo")] = """{"model":"auto","prompt":"Hi","echo":true}""",
        [("completions", "suffix")] = """{"model":"auto","prompt":"Hi","suffix":"!"}""",
        [("completions", "logprobs")] = """{"model":"auto","prompt":"Hi","logprobs":3}""",
        [("completions", "seed, penalties, logit_bias, any other")] =
            """{"model":"auto","prompt":"Hi","seed":7,"vendor_thing":1}""",

        // OpenAI embeddings
        [("embeddings", "input")] = """{"model":"auto","input":["a","b"]}""",
        [("embeddings", "dimensions, encoding_format, user, any other")] =
            """{"model":"auto","input":"Hi","dimensions":8,"encoding_format":"base64","vendor_thing":1}""",
    };

    private static string Chat(string members = "", string messages = """{"role":"user","content":"Hi"}""") =>
        $"{{\"model\":\"auto\",\"messages\":[{messages}]{members}}}";

    private static string Parts(string role, string content) =>
        Chat("", $$$$$"""{"role":"{{{{{role}}}}}","content":{{{{{content}}}}}},{"role":"user","content":"Hi"}""");

    private static string Part(string part) =>
        Chat("", $$$$$"""{"role":"user","content":[{"type":"text","text":"Hi"},{{{{{part}}}}}]}""");

    private static string Turn() =>
        """{"role":"user","content":"Hi"},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"w","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c1","content":"19"}""";

    private static string Messages(string members = "", string messages = """{"role":"user","content":"Hi"}""") =>
        $"{{\"model\":\"auto\",\"max_tokens\":50,\"messages\":[{messages}]{members}}}";

    private static string Block(string block) =>
        Messages("", $$$$$"""{"role":"user","content":[{"type":"text","text":"Hi"},{{{{{block}}}}}]}""");

    private static string OwnTurn(string more) =>
        $$$"""{"role":"user","content":"Hi"},{"role":"assistant","content":[{"type":"tool_use","id":"c1","name":"w","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"19"{{{more}}}}]}""";

    private static string Responses(string members = "", string input = "\"Hi\"") =>
        $"{{\"model\":\"auto\",\"input\":{input}{members}}}";

    private static string Input(string part) =>
        Responses("", $$$$$"""[{"role":"user","content":[{"type":"input_text","text":"Hi"},{{{{{part}}}}}]}]""");
}
