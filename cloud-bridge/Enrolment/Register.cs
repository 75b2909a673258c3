using System.Globalization;
using MotCua.Protocols.Trust;

namespace MotCua.CloudBridge.Enrolment;

/// <summary>The list of all certificates that an authority ever gave out; a text file that people can read, one line a certificate.</summary>
internal sealed class Register
{
    public const string FileName = "issued.tsv";

    // Twenty years of a country: 3,321 centres, renewed each year.
    private const int Most = 200_000;
    private const string Head = "serial\tkind\tname\tissued\tuntil\trevoked\tkey\thosts";

    // Every head that there ever was begins so.
    private const string HeadBegins = "serial\tkind\t";

    private const string Nothing = "-";

    private readonly string path;
    private readonly List<IssuedCertificate> rows;

    private Register(string path, List<IssuedCertificate> rows) => (this.path, this.rows) = (path, rows);

    public IReadOnlyList<IssuedCertificate> Rows => rows;

    /// <summary>Begins an empty one.</summary>
    /// <exception cref="IOException">There is one already.</exception>
    public static void Create(string folder) => TrustFile.Write(Path.Combine(folder, FileName), Head, TrustFile.Everyone, mayReplace: false);

    /// <exception cref="IOException">The file is not there, since an empty list would let everybody back in who was revoked, or it is damaged; says at which line.</exception>
    public static Register Open(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new IOException(
                $"{file}: không có danh sách chứng thư đã cấp; chép lại từ bản sao lưu mới nhất, nếu không thì không thu hồi được gì nữa · the list of what was given out is missing; restore it from the newest copy");
        }

        var lines = File.ReadLines(file).Take(Most + 2).ToList();
        if (lines is not [var head, ..] || !head.StartsWith(HeadBegins, StringComparison.Ordinal))
        {
            throw new IOException($"{file}, line 1: cannot be read; restore it from a backup.");
        }

        if (lines.Count > Most + 1)
        {
            throw new IOException($"{file}: more than {Most} lines.");
        }

        return new Register(file, [.. lines.Skip(1).Select((line, index) => Read(line) ?? throw new IOException($"{file}, line {index + 2}: cannot be read; restore it from a backup."))]);
    }

    /// <exception cref="IOException">There is no room left, or the disk takes no more; nothing was noted.</exception>
    public void Add(IEnumerable<IssuedCertificate> more) => Keep([.. rows, .. more]);

    /// <returns>How many were changed.</returns>
    public int Revoke(Func<IssuedCertificate, bool> which, DateTimeOffset now)
    {
        var changed = rows.Count(row => row.Revoked is null && which(row));
        if (changed > 0)
        {
            Keep([.. rows.Select(row => row.Revoked is null && which(row) ? row with { Revoked = now } : row)]);
        }

        return changed;
    }

    private void Keep(List<IssuedCertificate> all)
    {
        if (all.Count > Most)
        {
            throw new IOException($"{path}: more than {Most} lines; begin a new authority.");
        }

        TrustFile.Write(path, string.Join('\n', all.Select(Line).Prepend(Head)), TrustFile.Everyone, mayReplace: true);
        rows.Clear();
        rows.AddRange(all);
    }

    private static string Line(IssuedCertificate row) => string.Join(
        '\t', row.Serial, row.Kind.ToString().ToLowerInvariant(), row.Name, Text(row.Issued), Text(row.Until), row.Revoked is { } at ? Text(at) : Nothing, row.Key ?? Nothing,
        row.Hosts.Length > 0 ? row.Hosts : Nothing);

    private static IssuedCertificate? Read(string line) =>
        line.Split('\t') is [{ Length: > 0 and <= 40 } serial, var kind, { Length: > 0 } name, var issued, var until, var revoked, .. var more] && more.Length is 0 or 2
        && Enum.TryParse<CertificateKind>(kind, ignoreCase: true, out var known) && Time(issued) is { } from && Time(until) is { } to && (revoked == Nothing || Time(revoked) is not null)
            ? new IssuedCertificate(
                known, name, serial, from, to, revoked == Nothing ? null : Time(revoked), more is [not Nothing and var key, _] ? key : null, more is [_, not Nothing and var hosts] ? hosts : "")
            : null;

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
