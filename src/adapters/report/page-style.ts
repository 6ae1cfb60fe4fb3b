/** The report's look, light and dark after the reader's own setting. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f4f5f7, #0d1015);
  --card: light-dark(#ffffff, #151921);
  --line: light-dark(#e3e6eb, #262c37);
  --text: light-dark(#171a20, #e7eaf0);
  --dim: light-dark(#646c7a, #8d97a8);
  --accent: light-dark(#2459d6, #6d9bff);
  --held: light-dark(#c27c1a, #e0a54e);
  --gain: light-dark(#0f8a55, #35c98a);
  --loss: light-dark(#cc3a4b, #ff6b7a);
  --warn: light-dark(#8a5b00, #f0c060);
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 1180px; margin: 0 auto; padding: 40px 24px 64px; }
header { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 8px 32px; margin-bottom: 20px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; margin: 0; font-weight: 650; }
h1 small { font-weight: 400; color: var(--dim); font-size: 20px; letter-spacing: 0; }
.eyebrow { color: var(--dim); font-size: 12px; letter-spacing: 0.08em; text-transform: uppercase; margin: 0 0 6px; }
.range { color: var(--dim); margin: 0; text-align: right; }
h2 { font-size: 16px; font-weight: 620; margin: 0 0 14px; letter-spacing: -0.005em; }
h2 small { color: var(--dim); font-weight: 400; font-size: 13px; margin-left: 8px; }
h3 { font-size: 12px; color: var(--dim); letter-spacing: 0.07em; text-transform: uppercase; margin: 0 0 8px; font-weight: 600; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; margin-top: 16px; }
.chips { display: flex; flex-wrap: wrap; gap: 6px; margin: 12px 0 0; padding: 0; list-style: none; }
.chips li { border: 1px solid var(--line); background: var(--card); border-radius: 999px; padding: 2px 11px; font-size: 13px; color: var(--dim); }
.chips b { color: var(--text); font-weight: 550; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; padding: 0; overflow: hidden; background: var(--line); }
.figures div { background: var(--card); padding: 16px 20px; }
.figures span { display: block; color: var(--dim); font-size: 13px; }
.figures strong { display: block; font-size: 24px; font-weight: 600; letter-spacing: -0.02em; line-height: 1.35; white-space: nowrap; }
.gain { color: var(--gain); } .loss { color: var(--loss); }
.cautions { border-left: 4px solid var(--warn); }
.cautions ul { margin: 0; padding: 0; list-style: none; display: grid; gap: 8px; }
.cautions b { color: var(--warn); font-size: 11px; letter-spacing: 0.06em; margin-right: 10px; }
.cautions .CRITICAL b { color: var(--loss); }
.cautions .INFO b { color: var(--dim); }
.chart-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px 20px; margin-bottom: 10px; }
.chart-head h2 { margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px; color: var(--dim); align-items: center; }
.legend i { display: inline-block; width: 12px; height: 3px; border-radius: 2px; margin-right: 6px; vertical-align: middle; }
.legend b { color: var(--text); font-weight: 550; display: inline-block; min-width: 76px; }
button { font: inherit; font-size: 13px; color: var(--dim); background: none; border: 1px solid var(--line); border-radius: 7px; padding: 3px 11px; cursor: pointer; }
button:hover { color: var(--text); border-color: var(--dim); }
button[aria-pressed="true"] { color: var(--card); background: var(--accent); border-color: var(--accent); }
#chart { height: 470px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { font-weight: 550; color: var(--dim); text-align: right; padding: 6px 10px; white-space: nowrap; }
td { text-align: right; padding: 5px 10px; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.months { table-layout: fixed; min-width: 760px; border-collapse: separate; border-spacing: 3px; }
.months th { padding: 2px 4px; text-align: center; }
.months tr > *:last-child { width: 72px; }
.months td { padding: 6px 4px !important; text-align: center; border-radius: 5px; background: color-mix(in srgb, var(--hue, transparent) calc(var(--share, 0) * 1%), transparent); }
.months th:first-child { text-align: left; width: 52px; }
.months th:last-child, .months td:last-child { font-weight: 620; }
.groups { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 24px 44px; }
.groups table td { padding: 4px 0; border-bottom: 1px solid var(--line); }
.groups tr:last-child td { border-bottom: 0; }
.groups td:first-child { color: var(--dim); }
.trips tbody tr:hover { background: color-mix(in srgb, var(--accent) 7%, transparent); }
.trips td { border-top: 1px solid var(--line); }
.trips th { position: sticky; top: 0; background: var(--card); }
.trips .scroll { max-height: 560px; overflow: auto; }
.trips .reason { color: var(--dim); font-size: 12px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 5px 24px; margin: 0; font-size: 13px; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: 12.5px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
footer { color: var(--dim); font-size: 12px; margin-top: 20px; text-align: center; }
footer a { color: inherit; }
@media (max-width: 640px) { main { padding: 20px 12px; } .range { text-align: left; } #chart { height: 380px; } section { padding: 16px; } .figures { padding: 0; grid-template-columns: repeat(2, 1fr); } .figures strong { font-size: 20px; } }
@media print { body { background: #fff; } section { break-inside: avoid; } .trips .scroll { max-height: none; } button { display: none; } }
`;
