using System.Text;
using MotCua.Edge.Devices.Cameras;

namespace MotCua.Edge.Configuration;

/// <summary>The file that holds a camera's name and password, apart from <c>centre.yaml</c>, which people send to each other.</summary>
internal static class CameraLoginFile
{
    private const int MostBytes = 512;

    /// <summary>Reads the one line <c>name:password</c>.</summary>
    /// <returns>The login, or in words for an installer why there is none.</returns>
    public static (CameraLogin? Login, string? Problem) Read(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > MostBytes })
            {
                return (null, $"{file}: quá dài; chỉ ghi một dòng «tên:mật-khẩu»");
            }

            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != UnixFileMode.None)
            {
                return (null, $"{file}: ai trên máy cũng đọc được mật khẩu; chạy: sudo chgrp motcua {file}; sudo chmod 640 {file}");
            }

            var line = Encoding.UTF8.GetString(File.ReadAllBytes(file)).TrimStart('\uFEFF').TrimEnd('\n', '\r');
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && !line.Any(char.IsControl) ? (new CameraLogin(line[..colon], line[(colon + 1)..]), null) : (null, $"{file}: cần đúng một dòng «tên:mật-khẩu»");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Its name is not told: a password may have been written in its place.
            return (null, "không có tệp ghi ở «login» của camera; tạo tệp cạnh centre.yaml, một dòng «tên:mật-khẩu»");
        }
        catch (UnauthorizedAccessException)
        {
            return (null, $"{file}: dịch vụ không được quyền đọc; chạy: sudo chgrp motcua {file}; sudo chmod 640 {file}");
        }
        catch (IOException e)
        {
            return (null, $"không đọc được tệp ghi ở «login» của camera ({e.GetType().Name})");
        }
    }
}
