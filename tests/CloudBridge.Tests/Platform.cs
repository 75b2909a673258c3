using System.Runtime.Versioning;

// Permissions of files are asked for, which Windows does not have.
[assembly: SupportedOSPlatform("linux")]
