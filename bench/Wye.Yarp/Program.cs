using Yarp.ReverseProxy.Configuration;

// Wye.Yarp PORT FAST PACED: /fast/… goes to the first upstream, /paced/… to the second.
var (port, fast, paced) = (args[0], args[1], args[2]);

// A host watches its content root, all folders below it. Where it was started that would be the gateway's ledger, too: each
// write there would wake this process beside the gateway that is measured.
var builder = WebApplication.CreateSlimBuilder(
    new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
);
builder.Logging.ClearProviders();
builder
    .Services.AddReverseProxy()
    .LoadFromMemory([Route("fast"), Route("paced")], [To("fast", fast), To("paced", paced)]);
var app = builder.Build();
app.MapReverseProxy();
app.Run($"http://127.0.0.1:{port}");

static RouteConfig Route(string name) =>
    new()
    {
        RouteId = name,
        ClusterId = name,
        Match = new RouteMatch { Path = $"/{name}/{{**rest}}" },
    };

static ClusterConfig To(string name, string address) =>
    new()
    {
        ClusterId = name,
        Destinations = new Dictionary<string, DestinationConfig> { [name] = new() { Address = address } },
    };
