using System.Collections.Immutable;
using MotCua.Edge.Configuration;
using MotCua.Edge.Queue;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MotCua.Edge.Procedures;

/// <summary>Reads <c>procedures.yaml</c>: a list of what people come for, beside the centre's file.</summary>
/// <remarks>Read entry by entry and never as a whole tree, which for a province would fill half of the box's heap. Aliases are no part of it.</remarks>
public sealed class ProcedureFile
{
    /// <summary>Twice what Viet Nam has at all levels of a province.</summary>
    public const int Most = 5_000;

    /// <summary>Largest file read, in bytes.</summary>
    public const int MaxBytes = 12 << 20;

    /// <summary>A file with more wrong lines than these is another file.</summary>
    private const int MostErrors = 50;

    private readonly List<ConfigurationError> errors = [];
    private readonly List<Procedure> found = [];
    private readonly HashSet<ProcedureCode> codes = [];
    private readonly IReadOnlyCollection<ServiceCode> services;
    private readonly Parser parser;

    private ProcedureFile(TextReader text, IReadOnlyCollection<ServiceCode> services) => (parser, this.services) = (new Parser(text), services);

    /// <param name="file">Name for messages.</param>
    /// <param name="services">The centre's; a procedure may name one of them.</param>
    /// <exception cref="ConfigurationException">The file cannot be used; it lists every error, at most fifty.</exception>
    public static ImmutableArray<Procedure> Parse(string file, TextReader text, IReadOnlyCollection<ServiceCode> services)
    {
        var reading = new ProcedureFile(text, services);
        try
        {
            reading.Read();
        }
        catch (YamlException e)
        {
            reading.errors.Add(new ConfigurationError(Math.Max(1, (int)e.Start.Line), "(cú pháp)", e.Message, "YAML đúng cú pháp; kiểm tra thụt lề, dấu hai chấm và dấu nháy"));
        }

        return reading.errors.Count == 0 ? [.. reading.found] : throw new ConfigurationException(file, [.. reading.errors.Take(MostErrors)]);
    }

    private bool tooMany;

    private bool Enough => tooMany || errors.Count >= MostErrors;

    private void Read()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
        {
            errors.Add(new ConfigurationError(1, "(tệp)", "(trống)", "mục procedures: và danh sách thủ tục"));
            return;
        }

        var seen = false;
        while (!Enough && !parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Current as Scalar;
            var line = LineNow();
            parser.SkipThisAndNestedEvents();
            if (key?.Value == "procedures" && !seen)
            {
                seen = true;
                ReadList();
            }
            else
            {
                errors.Add(new ConfigurationError(line, "(tệp)", key?.Value ?? "(nhóm)", "một mục procedures, và không có mục nào khác"));
                parser.SkipThisAndNestedEvents();
            }
        }

        if (!seen)
        {
            errors.Add(new ConfigurationError(1, "procedures", "(thiếu)", "danh sách thủ tục"));
        }
    }

    private void ReadList()
    {
        if (!parser.TryConsume<SequenceStart>(out _))
        {
            errors.Add(new ConfigurationError(LineNow(), "procedures", "(không phải danh sách)", "danh sách thủ tục, mỗi thủ tục bắt đầu bằng «- code:»"));
            parser.SkipThisAndNestedEvents();
            return;
        }

        for (var i = 0; !Enough && !parser.TryConsume<SequenceEnd>(out _); i++)
        {
            if (i == Most)
            {
                errors.Add(new ConfigurationError(LineNow(), "procedures", $"hơn {Most} thủ tục", $"nhiều nhất {Most} thủ tục"));
                tooMany = true;
                return;
            }

            var fields = ProcedureFields.Read(parser, $"procedures[{i}]", errors);
            if (fields?.ToProcedure(services) is { } procedure)
            {
                if (codes.Add(procedure.Code))
                {
                    found.Add(procedure);
                }
                else
                {
                    errors.Add(new ConfigurationError(fields.Line, $"procedures[{i}].code", procedure.Code.Value, "mã thủ tục không trùng nhau"));
                }
            }
        }
    }

    private int LineNow() => (int)(parser.Current?.Start.Line ?? 1);
}
