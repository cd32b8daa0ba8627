package io.pinion.jmh.results;

/** How the page and its plots look. */
final class PageStyle {
    /** Of a plot, on the page or in a file of its own. */
    static final String PLOT = """
            :root { --ink: #1c2430; --quiet: #667080; --rule: #dde2e8; --paper: #ffffff;
              --pinion: #0a6ebd; --echo: #c2571a; --floor: #8a929c; --hand: #6b7f3a; --loop: #8453a8; --counted: #14807a;
              --good: #1d7a3d; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e4e8ee; --quiet: #98a2b0; --rule: #333c48; --paper: #14181e;
                --pinion: #5cb3f5; --echo: #f0945a; --floor: #7c8692; --hand: #a9c06a; --loop: #c39be0; --counted: #5fcabf;
                --good: #6cc98a; --bad: #f2837b; } }
            svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
            .paper { fill: var(--paper); } .grid { stroke: var(--rule); } .tick { fill: var(--quiet); } .label { fill: var(--ink); }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round; } .dashed { stroke-dasharray: 5 4; }
            .line.pinion, .dot.pinion { stroke: var(--pinion); } .line.echo, .dot.echo { stroke: var(--echo); }
            .line.floor, .dot.floor { stroke: var(--floor); } .line.hand, .dot.hand { stroke: var(--hand); }
            .line.loop, .dot.loop { stroke: var(--loop); } .line.counted, .dot.counted { stroke: var(--counted); }
            .dot.pinion, .bar.pinion, .name.pinion { fill: var(--pinion); }
            .dot.echo, .bar.echo, .name.echo { fill: var(--echo); }
            .dot.floor, .bar.floor, .name.floor { fill: var(--floor); }
            .dot.hand, .bar.hand, .name.hand { fill: var(--hand); }
            .dot.loop, .bar.loop, .name.loop { fill: var(--loop); }
            .dot.counted, .bar.counted, .name.counted { fill: var(--counted); }
            .dot.failed { fill: var(--paper); stroke-width: 1.5; }
            """;

    static final String PAGE = PLOT + """
            body { margin: 0; background: var(--paper); color: var(--ink);
              font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
            main { max-width: 1320px; margin: 0 auto; padding: 24px; }
            h1 { font-size: 24px; margin: 0; } h2 { font-size: 19px; margin: 36px 0 4px; }
            p { margin: 4px 0 12px; max-width: 75ch; } a { color: var(--pinion); }
            table { border-collapse: collapse; font-size: 14px; }
            th { text-align: left; font-weight: 600; }
            th, td { padding: 3px 16px 3px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
            .environment th { color: var(--quiet); font-weight: 400; white-space: nowrap; }
            .environment td { overflow-wrap: anywhere; }
            .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .quiet, .not_measured td { color: var(--quiet); }
            .holds .outcome { color: var(--good); } .missed .outcome { color: var(--bad); font-weight: 600; }
            .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 540px), 1fr)); gap: 28px; }
            figure { margin: 0; } figcaption { font-size: 14px; color: var(--quiet); min-height: 3em; }
            figcaption b { color: var(--ink); display: block; }
            """;

    private PageStyle() {}
}
