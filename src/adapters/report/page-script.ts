/**
 * What the page does: draws the curves of `DATA` (times in seconds, one value a time) with the charting library, in the
 * colours of the page, and shows the values under the pointer.
 */
export const PAGE_SCRIPT = `
(() => {
  const { createChart, LineSeries, AreaSeries, ColorType, CrosshairMode, PriceScaleMode } = LightweightCharts;
  const data = JSON.parse(document.getElementById('data').textContent);
  const place = document.getElementById('chart');
  const points = (values) => data.times.map((time, index) => ({ time, value: values[index] }));
  const color = (name) => {
    const probe = document.createElement('i');
    probe.style.color = 'var(--' + name + ')';
    document.body.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const faded = (rgb, share) => rgb.replace('rgb(', 'rgba(').replace(')', ', ' + share + ')');
  const money = (value) => value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const short = (value) => Math.abs(value) >= 1e6
    ? value.toLocaleString('en-US', { notation: 'compact', maximumFractionDigits: 2 })
    : value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 100 ? 2 : 0 });
  const percent = (value) => value.toFixed(2).replace('-', '\\u2212') + ' %';
  const chart = createChart(place, {
    autoSize: true,
    crosshair: { mode: CrosshairMode.Magnet },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.06, bottom: 0.06 } },
    timeScale: { borderVisible: false, timeVisible: data.isIntraday, secondsVisible: false, minBarSpacing: 0.001 },
    handleScale: { axisPressedMouseMove: false },
  });
  const line = { lineWidth: 2, priceLineVisible: false, lastValueVisible: false };
  const held = data.benchmark === null ? null : chart.addSeries(LineSeries, { ...line, lineWidth: 1, priceFormat: { type: 'custom', minMove: 0.01, formatter: short } });
  const equity = chart.addSeries(AreaSeries, { ...line, priceFormat: { type: 'custom', minMove: 0.01, formatter: short } });
  const drawdown = chart.addSeries(AreaSeries, {
    ...line, lineWidth: 1, invertFilledArea: true, priceFormat: { type: 'custom', minMove: 0.01, formatter: percent },
  }, 1);
  held?.setData(points(data.benchmark));
  equity.setData(points(data.equity));
  drawdown.setData(points(data.drawdowns));
  const [upper, lower] = chart.panes();
  upper.setStretchFactor(3);
  lower.setStretchFactor(1);
  const paint = () => {
    const [text, rule, accent, loss] = ['dim', 'line', 'accent', 'loss'].map(color);
    chart.applyOptions({
      layout: {
        background: { type: ColorType.Solid, color: 'transparent' }, textColor: text, fontSize: 12,
        fontFamily: getComputedStyle(document.body).fontFamily, panes: { separatorColor: rule, enableResize: false },
      },
      grid: { vertLines: { visible: false }, horzLines: { color: rule } },
    });
    equity.applyOptions({ lineColor: accent, topColor: faded(accent, 0.22), bottomColor: faded(accent, 0.02) });
    held?.applyOptions({ color: color('held') });
    drawdown.applyOptions({ lineColor: loss, topColor: faded(loss, 0.05), bottomColor: faded(loss, 0.3) });
  };
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  chart.timeScale().fitContent();
  const legend = Object.fromEntries(['time', 'equity', 'held', 'drawdown'].map((name) => [name, document.getElementById('at-' + name)]));
  const last = data.times.length - 1;
  const show = (index) => {
    const at = new Date(data.times[index] * 1000).toISOString();
    legend.time.textContent = data.isIntraday ? at.slice(0, 16).replace('T', ' ') : at.slice(0, 10);
    legend.equity.textContent = money(data.equity[index]);
    if (legend.held !== null) legend.held.textContent = money(data.benchmark[index]);
    legend.drawdown.textContent = percent(data.drawdowns[index]);
  };
  show(last);
  chart.subscribeCrosshairMove(({ logical, time }) => show(time === undefined ? last : Math.min(last, Math.max(0, Math.round(logical)))));
  const button = document.getElementById('log-scale');
  button.addEventListener('click', () => {
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isOn));
    chart.priceScale('right', 0).applyOptions({ mode: isOn ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal });
  });
  document.documentElement.dataset.drawn = 'true';
})();
`;
