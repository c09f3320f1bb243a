using System.Text;
using System.Text.Json.Nodes;

namespace GrpcDcr.Cli.Output;

/// <summary>One object for people: a line for each value, and changes of members as before and after.</summary>
internal static class Details
{
    public static string Of(JsonObject item, bool color)
    {
        var lines = Lines("", item).ToList();
        var width = lines.Count == 0 ? 0 : lines.Max(line => line.Name.Length);
        var text = new StringBuilder();
        foreach (var (name, value) in lines)
        {
            text.Append(Plain.Line(name).PadRight(width)).Append("  ").AppendLine(Colors.Of(Plain.Line(value), color));
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Lines(string name, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } change when change.ContainsKey("member") => [($"{name} {JsonText.At(change, "member")}", Change(change))],
        JsonObject { Count: > 0 } item => item.SelectMany(member => Lines(Joined(name, member.Key), member.Value)),
        JsonArray array when array.Any(element => element is JsonObject) => array.SelectMany((element, i) => element is JsonObject change
            && change.ContainsKey("member") ? Lines(name, element) : Lines($"{name}[{i}]", element)),
        _ => [(name, JsonText.Text(node))],
    };

    private static string Change(JsonObject change) =>
        $"{(change.ContainsKey("before") ? JsonText.At(change, "before") : "(none)")} -> "
        + $"{(change.ContainsKey("after") ? JsonText.At(change, "after") : "(none)")}";

    private static string Joined(string name, string member) => name.Length == 0 ? member : $"{name}.{member}";
}
