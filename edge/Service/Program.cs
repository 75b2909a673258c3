using MotCua.Edge.Hosting;

return EdgeArguments.TryRead(args, Console.Error) switch
{
    null => EdgeArguments.UsageError,
    { Command: "check" } arguments => EdgeCheck.Run(arguments, Console.Out),
    { Command: "devices" } => EdgeDevices.Run(Console.Out),
    var arguments => await EdgeService.RunAsync(arguments),
};
