
namespace MotCua.Edge.Queue;

/// <summary>Why a person did something, in their words: 1 to 120 characters of one line. It never names a citizen; the page that asks for it says so.</summary>
public readonly record struct Reason
{
    public string Value { get; }

    public Reason(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException("A reason has 1 to 120 characters on one line, and not only blanks.", nameof(value));

    public static bool IsValid(string value) => value.Length is >= 1 and <= 120 && !string.IsNullOrWhiteSpace(value) && !value.Any(char.IsControl);

    public override string ToString() => Value;
}

/// <summary>Code of a priority group as the province's table names it, such as <c>nguoi-cao-tuoi</c>: 1 to 32 of <c>a–z 0–9 -</c>.</summary>
public readonly record struct PriorityCode
{
    public string Value { get; }

    public PriorityCode(string value) => Value = ServiceCode.IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a priority group: 1 to 32 of a-z, 0-9 and '-'.", nameof(value));

    public override string ToString() => Value;
}

/// <summary>Code of a procedure ("thủ tục") as the centre's list names it, such as <c>chung-thuc-ban-sao</c> or <c>2.000815</c>: 1 to 48 of <c>a–z 0–9 . -</c>. It names what people come for, never a person.</summary>
public readonly record struct ProcedureCode
{
    /// <summary>The code as the list writes it.</summary>
    public string Value { get; }

    public ProcedureCode(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a procedure: 1 to 48 of a-z, 0-9, '.' and '-'.", nameof(value));

    public static bool IsValid(string value) => value.Length is >= 1 and <= 48 && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    public override string ToString() => Value;
}

/// <summary>A language that is spoken in the hall, such as <c>vi</c>, <c>en</c> or <c>mtq</c> (Mường): two or three of <c>a–z</c>, as ISO 639 has them.</summary>
public readonly record struct LanguageCode
{
    public static LanguageCode Vietnamese { get; } = new("vi");

    public string Value { get; }

    public LanguageCode(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a language: two or three of a-z.", nameof(value));

    public static bool IsValid(string value) => value.Length is 2 or 3 && value.All(char.IsAsciiLetterLower);

    public override string ToString() => Value;
}

/// <summary>An appointment's id, as its booking gave it: 1 to 40 of <c>A–Z a–z 0–9 -</c>.</summary>
public readonly record struct AppointmentId
{
    public string Value { get; }

    public AppointmentId(string value) => Value = IsValid(value) ? value
        : throw new ArgumentException("An appointment's id has 1 to 40 letters, digits and '-'.", nameof(value));

    public override string ToString() => Value;

    private static bool IsValid(string value) => value.Length is >= 1 and <= 40 && value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}

/// <summary>Where help is wanted, such as <c>quay-3</c> or <c>sanh</c>: 1 to 32 of <c>a–z 0–9 -</c>.</summary>
public readonly record struct HelpPlace
{
    public string Value { get; }

    public HelpPlace(string value) => Value = ServiceCode.IsValid(value) ? value
        : throw new ArgumentException($"'{value}' is not a place: 1 to 32 of a-z, 0-9 and '-'.", nameof(value));

    public override string ToString() => Value;
}

/// <summary>What a citizen thought of the service: "Rất hài lòng", "Hài lòng", "Chưa hài lòng".</summary>
public enum Rating
{
    VerySatisfied,
    Satisfied,
    NotSatisfied,
}

/// <summary>What somebody who was not satisfied may point at. A closed list: nobody writes words, so that no name is ever written.</summary>
[Flags]
public enum RatingReasons
{
    None = 0,
    LongWait = 1,
    UnclearGuidance = 2,
    Attitude = 4,
    ExtraPapers = 8,
    LateResult = 16,
    Other = 32,
}

/// <summary>Actions of a clerk that may be taken back. A call is none of them: the hall has heard it.</summary>
public enum UndoableAction
{
    Finish,
    Miss,
    Park,
    Transfer,
    Cancel,
}
