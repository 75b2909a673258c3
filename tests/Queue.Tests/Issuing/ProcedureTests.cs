using Xunit;

namespace MotCua.Edge.Queue.Tests;

public sealed class ProcedureTests
{
    [Fact]
    public void What_was_looked_up_stays_with_the_ticket_wherever_it_goes()
    {
        var hall = new Hall();
        var procedure = new ProcedureCode("2.000815");
        var issued = hall.Do<TicketIssued>(new IssueTicket(Hall.Notary, Hall.Token(1), "lookup", Procedure: procedure));
        Assert.Equal(procedure, issued.Procedure);
        Assert.Equal(procedure, hall.InLine("A001").Procedure);
        hall.Next(1);
        hall.Do(new TransferToService(Hall.Counter(1), Hall.Land, Hall.Because));
        Assert.Equal(procedure, hall.InLine("A001").Procedure);
        hall.Issue(Hall.Notary);
        Assert.Null(hall.InLine("A002").Procedure);
    }

    [Theory]
    [InlineData("2.000815")]
    [InlineData("chung-thuc-ban-sao")]
    public void A_procedures_code_is_short_and_plain(string code) => Assert.Equal(code, new ProcedureCode(code).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("Chứng thực")]
    [InlineData("a b")]
    [InlineData("0123456789012345678901234567890123456789012345678")]
    public void Anything_else_is_none(string code) => Assert.Throws<ArgumentException>(() => new ProcedureCode(code));
}
