using Wye.Agent;

await AgentProgram.RunAsync(plain: args is ["--plain"], Console.Out);
