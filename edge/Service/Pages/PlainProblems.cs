namespace MotCua.Edge.Pages;

/// <summary>Words for the refusals that the web server makes by itself, before any code of ours runs.</summary>
internal static class PlainProblems
{
    public static void Describe(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Type?.StartsWith("urn:motcua:", StringComparison.Ordinal) == true)
        {
            return;
        }

        var (code, title, detail) = context.HttpContext.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => ("bad-request", "Yêu cầu không hợp lệ", "Nội dung gửi lên không đúng: thiếu mục, hoặc không phải JSON đúng cú pháp."),
            StatusCodes.Status404NotFound => ("not-found", "Không tìm thấy", "Không có địa chỉ này."),
            StatusCodes.Status405MethodNotAllowed => ("bad-method", "Yêu cầu không hợp lệ", "Địa chỉ này không nhận cách gửi đó."),
            StatusCodes.Status413PayloadTooLarge => ("too-large", "Yêu cầu không hợp lệ", "Nội dung gửi lên quá lớn."),
            StatusCodes.Status415UnsupportedMediaType => ("not-json", "Yêu cầu không hợp lệ", "Nội dung gửi lên phải là application/json; bản ghi giọng đọc là audio/wav hoặc audio/flac."),
            _ => ("failed", "Có lỗi", "Máy gặp lỗi khi xử lý yêu cầu này; vui lòng thử lại."),
        };
        (problem.Type, problem.Title, problem.Detail) = ($"urn:motcua:problem:{code}", title, detail);
    }
}
