using MotCua.Edge.Hosting;

return args switch
{
    ["say", ..] => await EdgeSay.RunAsync(args[1..], Console.Out),
    ["voice", ..] => await EdgeVoice.RunAsync(args[1..], Console.Out),
    ["config", ..] => EdgeConfig.Run(args[1..], TimeProvider.System, Console.Out),
    ["clerk", ..] => await EdgeClerk.RunAsync(args[1..], EdgeClerk.Ask, Console.Out),
    ["enrol", ..] => EdgeEnrol.Run(args[1..], TimeProvider.System, Console.Out),
    _ => await RunAsync(args),
};

static async Task<int> RunAsync(string[] args) => EdgeArguments.TryRead(args, Console.Error) switch
{
    null => EdgeArguments.UsageError,
    { Command: "check" } arguments => EdgeCheck.Run(arguments, Console.Out),
    { Command: "devices" } => EdgeDevices.Run(Console.Out),
    { Command: "self-test" } arguments => await EdgeSelfTest.RunAsync(arguments, Console.Out, TimeProvider.System, CancellationToken.None),
    var arguments => await EdgeService.RunAsync(arguments),
};
