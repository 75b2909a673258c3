using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MotCua.Fleet;
using MotCua.Fleet.Centres;
using MotCua.Fleet.Days;
using MotCua.Protocols.Events;
using MotCua.Protocols.Mqtt;
using MotCua.Protocols.Trust;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(FleetArguments.Usage);
    return 0;
}

FleetArguments arguments;
ProvinceKey province;
try
{
    arguments = FleetArguments.Parse(args, RandomNumberGenerator.GetInt32(int.MaxValue));
    if (arguments.List)
    {
        Enumerable.Range(arguments.First, arguments.Centres).ToList().ForEach(number => Console.WriteLine(PlaceNames.Of(number).Id));
        return 0;
    }

    province = ProvinceKey.FromPem(File.ReadAllText(arguments.Key));
}
catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or CryptographicException)
{
    Console.Error.WriteLine($"{e.Message}\n\n{FleetArguments.Usage}");
    return 2;
}

var now = TimeProvider.System.GetUtcNow();
var tls = arguments.Tls;
using var key = province;
using var fleet = new VirtualFleet(new FleetOptions(arguments.Centres, arguments.Seed, now)
{
    First = arguments.First,
    Hours = WorkingHours.AlwaysMorning(now),
    Speed = arguments.Speed,
    Troubles = arguments.Troubles,
    // The province knows the journals of the last time; a card that begins anew says so.
    EpochOf = _ => new EpochId(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8))),
});
using var stop = new ManualResetEventSlim();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
Say($"{arguments.Centres} trung tâm ảo · virtual centres; seed {arguments.Seed}");
fleet.Start(new FleetLine(
    arguments.Host, arguments.Port, key,
    tls is null ? null : centre => new MqttTls(Path.Combine(tls, centre.Value, "ca.pem"), Path.Combine(tls, centre.Value, "centre.pem"), Path.Combine(tls, centre.Value, "centre.key"))));
try
{
    while (!fleet.WaitUntil(() => stop.IsSet, TimeSpan.FromSeconds(10)))
    {
        Say($"đang nối · online {fleet.Online}/{arguments.Centres}; sự kiện · events {fleet.Events}, chưa gửi · pending {fleet.Pending}");
    }
}
catch (InvalidOperationException e)
{
    Console.Error.WriteLine(e);
    return 1;
}

fleet.Stop();
return 0;

void Leave(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Set();
}

static void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)):HH:mm:ss} {line}"));
