/// The pages' only style: system fonts, light and dark by the reader's preference, one column on a phone.
enum Stylesheet {
    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #fbfaf7; --card: #ffffff; --ink: #1c2430; --soft: #5b6675; --line: #dcdad3;
          --sea: #14527a; --sea-soft: #d8e6f0; --good: #1d6b3f; --good-soft: #d9eee1; --bad: #a32a22;
          --bad-soft: #f8dfdc; --warn: #8a5a00; --warn-soft: #f8eacb; --held: #8fb4ce; --grid: #e7e5de;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #12161c; --card: #1a2028; --ink: #e6e9ee; --soft: #9aa5b3; --line: #313a46;
            --sea: #7fb8df; --sea-soft: #1f3446; --good: #79cf9c; --good-soft: #1b3526; --bad: #f0938a;
            --bad-soft: #45211e; --warn: #e6bd6a; --warn-soft: #3d3016; --held: #3f6a88; --grid: #28303a;
          }
        }
        * { box-sizing: border-box; }
        html { font: 100%/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
        body { margin: 0; background: var(--paper); color: var(--ink); }
        a { color: var(--sea); text-underline-offset: .15em; }
        a:focus-visible, button:focus-visible, .scroll:focus-visible { outline: 3px solid var(--sea); outline-offset: 2px; border-radius: 2px; }
        .skip { position: absolute; left: -999em; }
        .skip:focus { position: static; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding: .8rem 1.25rem;
          border-bottom: 1px solid var(--line); background: var(--card); }
        header .name { font-weight: 700; font-size: 1.15rem; letter-spacing: .02em; color: var(--ink);
          text-decoration: none; }
        header nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
        header nav a { text-decoration: none; padding: .15rem 0; }
        header nav a[aria-current] { color: var(--ink); font-weight: 600; border-bottom: 2px solid var(--sea); }
        .who { margin-left: auto; color: var(--soft); font-size: .875rem; }
        .who form { display: inline; }
        .who button { border: 0; padding: .25rem; background: none; color: var(--sea); font: inherit;
          text-decoration: underline; cursor: pointer; }
        main { max-width: 78rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
        main.narrow { max-width: 40rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: .5rem 0 .25rem; letter-spacing: -.01em; }
        h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        p { margin: .4rem 0 .8rem; max-width: 46rem; }
        .lead, .note { color: var(--soft); }
        .note { font-size: .875rem; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem;
          margin: 1rem 0; }
        .figures div { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .8rem; }
        .figures dt { color: var(--soft); font-size: .8rem; }
        .figures dd { margin: 0; font-size: 1.3rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .figures small { font-size: .8rem; font-weight: 400; color: var(--soft); }
        .scroll { overflow-x: auto; margin: .5rem 0 1rem; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; background: var(--card); }
        /* The heading above says it for the eyes; the caption is for screen readers. */
        caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
        td.s, time { white-space: nowrap; }
        th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th { font-weight: 600; font-size: .8rem; color: var(--soft); border-bottom: 2px solid var(--line);
          vertical-align: bottom; }
        /* Beside a table that scrolls, each row keeps its name. */
        tbody th { font-weight: 500; white-space: nowrap; position: sticky; left: 0; background: var(--card); }
        .narrow table { width: auto; min-width: 24rem; }
        td.w { min-width: 11rem; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        tfoot td, tfoot th, tr.sum td, tr.sum th { font-weight: 600; border-top: 2px solid var(--line); }
        code, pre, .hash { font-family: ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; font-size: .85em; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem;
          overflow-x: auto; line-height: 1.45; }
        .hash { overflow-wrap: anywhere; }
        td.hash, td .hash { white-space: nowrap; }
        .badge { display: inline-block; padding: .05rem .5rem; border-radius: 1rem; font-size: .8rem; white-space: nowrap;
          background: var(--sea-soft); color: var(--ink); }
        .badge.good { background: var(--good-soft); color: var(--good); }
        .badge.bad { background: var(--bad-soft); color: var(--bad); }
        .badge.warn { background: var(--warn-soft); color: var(--warn); }
        .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 1rem; }
        figure { margin: .5rem 0; background: var(--card); border: 1px solid var(--line); border-radius: 6px;
          padding: .75rem; }
        figure.scores, section > figure.plot { max-width: 48rem; }
        figcaption { font-size: .875rem; color: var(--soft); margin-top: .4rem; }
        figcaption b { color: var(--ink); }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--soft); font-size: 12px; font-family: inherit; font-variant-numeric: tabular-nums; }
        svg text.strong { fill: var(--ink); font-weight: 600; }
        svg .grid { stroke: var(--grid); stroke-width: 1; }
        svg .axis { stroke: var(--soft); stroke-width: 1; }
        svg .line { fill: none; stroke: var(--sea); stroke-width: 2.5; stroke-linejoin: round; }
        svg .area { fill: var(--sea-soft); }
        svg .ahead { fill: none; stroke: var(--sea); stroke-width: 2; stroke-dasharray: 5 4; }
        svg .mark { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 2 3; }
        svg .spent { fill: var(--sea); } svg .held { fill: var(--held); } svg .left { fill: var(--grid); }
        svg .over { fill: var(--bad); }
        svg .untrained { fill: none; stroke: var(--soft); stroke-width: 2; }
        svg .trained { fill: var(--sea); } svg .int8 { fill: var(--good); stroke: var(--card); stroke-width: 1; }
        svg .xz { stroke: var(--warn); stroke-width: 2.5; }
        svg .span { stroke: var(--line); stroke-width: 3; }
        .bar { min-width: 8rem; } .bar svg { height: .8rem; margin-top: .3rem; }
        footer { border-top: 1px solid var(--line); color: var(--soft); font-size: .8rem; padding: .9rem 1.25rem; }
        @media (max-width: 40rem) {
          .who { margin-left: 0; width: 100%; }
          main { padding: 1rem .9rem 2rem; }
          h1 { font-size: 1.4rem; }
          /* A plot shrinks to the phone's width; its letters must not. */
          svg text { font-size: 20px; }
          svg text.minor { display: none; }
        }
        @media print { header nav, .who, .skip { display: none; } body { background: #fff; } }

        """

    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#14527a"/>\
        <path d="M4 3v10M12 3v10M4 8h8" stroke="#fff" stroke-width="2" fill="none"/></svg>
        """
}
