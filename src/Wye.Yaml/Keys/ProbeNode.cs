namespace Wye.Yaml.Keys;

/// <summary>A map that stands for any map: a binder that runs over it leaves the keys it asks for in the table.</summary>
internal sealed class ProbeNode(KeyTable table) : MapNode("", default)
{
    public KeyTable Table => table;
}
