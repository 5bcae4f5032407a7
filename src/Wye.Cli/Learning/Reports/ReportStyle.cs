namespace Wye.Cli.Learning.Reports;

/// <summary>The look of the report: one style sheet, light and dark, nothing loaded from elsewhere.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root {
          --page: #f6f7f9; --card: #ffffff; --ink: #1a1f29; --soft: #5b6472; --line: #e2e6ec; --grid: #edf0f4;
          --router: #2456d6; --ridge: #c2620a; --table: #7a3fc0; --mix: #7b8494; --oracle: #0a7f5a; --bad: #c23b3b; --over: #c99a12;
          color-scheme: light dark;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #12151b; --card: #1a1f28; --ink: #e8ebf1; --soft: #9aa5b5; --line: #2d3542; --grid: #262d38;
            --router: #7ea6ff; --ridge: #f0a050; --table: #bf95f5; --mix: #8f9aab; --oracle: #4fcf9f; --bad: #f07f7f; --over: #e3bd4f;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 36px 24px 64px; }
        h1 { font-size: 27px; line-height: 1.25; margin: 0 0 4px; letter-spacing: -.01em; }
        h2 { font-size: 20px; margin: 44px 0 2px; letter-spacing: -.005em; }
        h3 { font-size: 15px; margin: 0 0 2px; }
        p { margin: 4px 0; }
        .soft { color: var(--soft); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(168px, 1fr)); gap: 12px; margin: 16px 0; }
        .tile, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
        .tile { padding: 12px 14px; }
        .tile b { display: block; font-size: 22px; font-weight: 620; font-variant-numeric: tabular-nums; }
        .tile span { color: var(--soft); font-size: 13px; display: block; line-height: 1.35; }
        .tile.alarm { border-color: var(--bad); }
        .tile.alarm b { color: var(--bad); }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 16px; margin: 16px 0; }
        .card { padding: 16px 18px; min-width: 0; margin: 0 0 16px; }
        .charts .card { margin: 0; }
        .card > p { font-size: 13px; color: var(--soft); }
        svg { display: block; width: 100%; height: auto; margin-top: 6px; }
        svg text { fill: var(--soft); font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
        svg text.name { fill: var(--ink); paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
        svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--line); }
        svg .router { --c: var(--router); } svg .ridge { --c: var(--ridge); } svg .table { --c: var(--table); }
        svg .mix { --c: var(--mix); } svg .oracle { --c: var(--oracle); } svg .model { --c: var(--ink); }
        svg .under { --c: var(--bad); } svg .overr { --c: var(--over); }
        svg path { fill: none; stroke: var(--c); stroke-width: 1.8; stroke-linejoin: round; }
        svg path.router { stroke-width: 2.8; }
        svg path.thin { stroke-width: 1.2; opacity: .45; }
        svg .dash { stroke-dasharray: 5 5; }
        svg .dot { fill: var(--c); stroke: var(--card); stroke-width: 1.5; }
        svg .ring { fill: none; stroke: var(--c); stroke-width: 2.4; }
        svg .bar { fill: var(--c); }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 13px; color: var(--soft); margin-top: 4px; }
        .legend i { display: inline-block; width: 18px; border-top: 3px solid var(--c); vertical-align: 4px; margin-right: 6px; }
        .legend .router { --c: var(--router); } .legend .ridge { --c: var(--ridge); } .legend .table { --c: var(--table); }
        .legend .mix { --c: var(--mix); } .legend .oracle { --c: var(--oracle); } .legend .model { --c: var(--ink); }
        .legend .under { --c: var(--bad); } .legend .overr { --c: var(--over); }
        .legend .dash i { border-top-style: dashed; }
        .legend .point i { width: 9px; height: 9px; border: 0; border-radius: 50%; background: var(--c); vertical-align: 0; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 13.5px; margin-top: 8px; }
        th, td { padding: 6px 9px; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums;
          border-bottom: 1px solid var(--line); }
        th { font-weight: 560; color: var(--soft); white-space: normal; vertical-align: bottom; line-height: 1.25; }
        td { vertical-align: top; }
        th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 150px; }
        tr:last-child td { border-bottom: 0; }
        tr.own td { font-weight: 620; }
        td small { display: block; color: var(--soft); font-size: 11.5px; font-weight: 400; line-height: 1.3; }
        footer { color: var(--soft); font-size: 13px; margin-top: 36px; }
        @media (max-width: 520px) { .charts { grid-template-columns: 1fr; } main { padding: 20px 14px 40px; } }
        @media print { body { background: #fff; } .card, .tile { break-inside: avoid; } }
        """;
}
