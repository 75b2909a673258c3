using MotCua.Edge.Devices.Health;
using MotCua.Edge.Loop;
using MotCua.Edge.Queue;
using MotCua.Fleet.Centres;
using MotCua.Protocols.Events;
using Wire = MotCua.Protocols.Events;

namespace MotCua.Fleet.Days;

/// <summary>What people do in a centre day after day: they come, are called, served or missed; paper runs out, lines break, the support team comes.</summary>
/// <remarks>Only the real queue decides what comes of it. Everything hangs on the seed, and nothing on how fast the days go by.</remarks>
internal sealed class CentreDays
{
    private const double PriorityShare = 0.12;
    private const double HelpADay = 0.5;

    private static readonly HelpPlace Hall = new("sanh");

    private readonly CentreProfile profile;
    private readonly WorkingHours hours;
    private readonly Agenda agenda;
    private readonly ICentreHands hands;
    private readonly Random chance;
    private readonly Clerks clerks;
    private readonly bool[] broken = new bool[DeviceTrouble.Kinds.Length];
    private readonly LineTrouble ownLine;
    private readonly LineTrouble districtLine;

    /// <param name="troubles">False: nothing breaks and no line is cut.</param>
    public CentreDays(CentreProfile profile, int seed, WorkingHours hours, Agenda agenda, ICentreHands hands, DateTimeOffset begin, bool troubles)
    {
        (this.profile, this.hours, this.agenda, this.hands) = (profile, hours, agenda, hands);
        chance = DayChance.Of(seed, profile.Number, "days");
        clerks = new Clerks(profile, hours, agenda, hands, chance);
        ownLine = LineTrouble.OfCentre(seed, profile.Number, begin);
        districtLine = LineTrouble.OfDistrict(seed, profile.District, begin);
        agenda.Plan(hours.NextArrival(begin, profile.TicketsADay, chance), new Due(Act.Arrive));
        agenda.Plan(hours.NextClosing(begin), new Due(Act.Close));
        clerks.Begin(begin);
        if (troubles)
        {
            agenda.Plan(begin + chance.Seconds(0, 2 * 86_400 / HelpADay), new Due(Act.Help));
            agenda.Plan(ownLine.Next, new Due(Act.LineOfCentre));
            agenda.Plan(districtLine.Next, new Due(Act.LineOfDistrict));
            for (var i = 0; i < broken.Length; i++)
            {
                agenda.Plan(begin + TimeSpan.FromDays(chance.Exponential() * DeviceTrouble.Kinds[i].DaysBetween), new Due(Act.Trouble, i));
            }
        }
    }

    public void Do(Due due, DateTimeOffset now)
    {
        switch (due.Act)
        {
            case Act.Arrive:
                Arrive(now);
                break;
            case Act.Clerk:
                clerks.Do(due.Subject, due.Number, now);
                break;
            case Act.Print:
                Print(due, now);
                break;
            case Act.Show:
                hands.Record(new CallDelivered(due.Number, "bang-so", "done"), light: true);
                break;
            case Act.Speak:
                hands.Record(new CallDelivered(due.Number, CentreFold.SpeakerOutput, "done", due.Subject, Heard: true), light: true);
                break;
            case Act.Return:
                hands.Submit(new ReturnTicket(TicketNumber.Parse(due.Ticket!)));
                clerks.SomebodyWaits(now);
                break;
            case Act.Help:
                hands.Submit(new RequestHelp(Hall));
                agenda.Plan(now + chance.Seconds(240, 1_500), new Due(Act.HelpComes));
                agenda.Plan(now + TimeSpan.FromDays(chance.Exponential() / HelpADay), new Due(Act.Help));
                break;
            case Act.HelpComes:
                hands.Submit(new AnswerHelp(Hall));
                break;
            case Act.Close:
                hands.Submit(new CloseDay());
                agenda.Plan(hours.NextClosing(now + TimeSpan.FromMinutes(1)), due);
                break;
            case Act.Trouble:
                Change(due.Subject, now);
                break;
            case Act.LineOfCentre:
                Change(ownLine, due);
                break;
            case Act.LineOfDistrict:
                Change(districtLine, due);
                break;
        }
    }

    /// <summary>The boards show and the loudspeaker says what is durable.</summary>
    public void Happened(CommittedEvent happened, DateTimeOffset now)
    {
        if (happened.Data is Wire.TicketCalled or Wire.TicketRecalled)
        {
            var spoken = chance.Seconds(4.5, 7.5);
            agenda.Plan(now + chance.Seconds(0.05, 0.3), new Due(Act.Show, Number: happened.Seq));
            agenda.Plan(now + spoken, new Due(Act.Speak, (int)spoken.TotalMilliseconds, happened.Seq));
        }
        else if (happened.Data is Wire.TicketIssued issued)
        {
            agenda.Plan(now + chance.Seconds(0.8, 1.9), new Due(Act.Print, Ticket: issued.Number));
        }
        else if (happened.Data is Wire.TicketParked parked)
        {
            agenda.Plan(now + chance.Seconds(300, 1_200), new Due(Act.Return, Ticket: parked.Number));
        }
        else if (happened.Data is Wire.TicketMissed missed && chance.Next(3) == 0)
        {
            agenda.Plan(now + chance.Seconds(60, 900), new Due(Act.Return, Ticket: missed.Number));
        }
    }

    private void Arrive(DateTimeOffset now)
    {
        var service = profile.AnyService(chance);
        PriorityCode? priority = chance.NextDouble() < PriorityShare ? profile.Plan.Priorities[chance.Next(profile.Plan.Priorities.Length)].Code : null;
        var button = $"button:nut-{1 + profile.Plan.Services.Values.OrderBy(one => one.Series).Select(one => one.Code).ToList().IndexOf(service)}";
        if (hands.Submit(new IssueTicket(service, hands.NewToken(), priority is null ? button : "api", priority)))
        {
            clerks.SomebodyWaits(now);
        }

        agenda.Plan(hours.NextArrival(now, profile.TicketsADay, chance), new Due(Act.Arrive));
    }

    private void Print(Due due, DateTimeOffset now)
    {
        var date = DateOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(7)).Date);
        var trouble = Enumerable.Range(0, broken.Length).Where(i => broken[i] && DeviceTrouble.Kinds[i].Device == DeviceTrouble.Printer).Select(i => DeviceTrouble.Kinds[i].Fault).FirstOrDefault();
        hands.Record(
            trouble is null ? new TicketPrinted(date, due.Ticket!, 1, DeviceTrouble.Printer, 92) : new TicketUnprinted(date, due.Ticket!, 1, DeviceTrouble.Printer, trouble), light: true);
    }

    // Two troubles of one device: the one that ends last is told last, as a driver that looks again would.
    private void Change(int index, DateTimeOffset now)
    {
        var kind = DeviceTrouble.Kinds[index];
        broken[index] = !broken[index];
        var still = Array.FindIndex(DeviceTrouble.Kinds, one => one.Device == kind.Device && broken[Array.IndexOf(DeviceTrouble.Kinds, one)]);
        var told = still < 0 ? null : DeviceTrouble.Kinds[still];
        hands.Report(new DeviceReport(new DeviceId(kind.Device), told?.State ?? DeviceState.Ready, told is null ? null : new FaultCode(told.Fault), told?.Detail));
        agenda.Plan(
            now + (broken[index] ? TimeSpan.FromMinutes(Math.Min(chance.LogNormal(kind.Minutes, 0.6), 3_000)) : TimeSpan.FromDays(chance.Exponential() * kind.DaysBetween)),
            new Due(Act.Trouble, index));
    }

    private void Change(LineTrouble line, Due due)
    {
        line.Change();
        hands.CutLine(ownLine.IsCut || districtLine.IsCut);
        agenda.Plan(line.Next, due);
    }
}
