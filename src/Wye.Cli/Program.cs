using System.CommandLine;
using Wye.Cli.Learning;

var root = new RootCommand("wye") { EvalCommand.Create() };
return root.Parse(args).Invoke();
