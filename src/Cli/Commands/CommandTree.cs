using System.CommandLine;
using System.CommandLine.Help;

namespace GrpcDcr.Cli.Commands;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    /// <summary>The name of the program.</summary>
    public const string Name = "grpcdcr";

    public static RootCommand Create()
    {
        var root = new RootCommand("Administers GrpcDcr, the client register of an authorization server, through its admin listener.");
        foreach (var option in GlobalOptions.All)
        {
            root.Add(option);
        }

        IEnumerable<Command> commands =
        [
            ContextCommands.Create(), .. LoginCommands.Create(), ClientCommands.Create(), TokenCommands.Create(), BlockCommands.Create(),
            RegistrationCommands.Create(), AuditCommands.Create(), PreviewCommand.Create(), BackupCommand.Create(),
            .. ProgramCommands.Create(), CompletionCommand.Create(), VersionCommand.Create(),
        ];
        foreach (var command in commands)
        {
            root.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
