using Wye.Cli;

return await WyeProgram.RunAsync(args, CliContext.OfProcess());
