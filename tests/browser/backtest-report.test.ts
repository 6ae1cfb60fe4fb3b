import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/program.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradegraph-report-'));
  const rows = Array.from({ length: 400 }, (_, day) => {
    const close = 100 + 10 * Math.sin(day / 9) + day / 20;
    const date = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
    return `${date},${close},${close + 1},${close - 1},${close},1000000`;
  });
  await writeFile(join(folder, 'wave.csv'), `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`);
  const args = ['--bars', join(folder, 'wave.csv'), '--strategy', 'sma-cross', '--report', join(folder, 'report.html')];
  const { code, stderr } = await runCommand(['backtest', ...args], { TRADEGRAPH_HOME: folder });
  expect([code, stderr]).toEqual([0, '']);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a backtest's report", () => {
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 420],
  ] as const) {
    it(`draws its charts without the network, ${colorScheme}, ${width} pixels wide`, async () => {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
      const requests: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      const url = pathToFileURL(join(folder, 'report.html')).href;
      await page.goto(url);
      await page.waitForSelector('html[data-drawn]', { timeout: 20_000 });
      await page.waitForSelector('#chart canvas');
      expect(requests).toEqual([url]);
      expect(faults).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.textContent('#at-equity')).toMatch(/^[\d,]+\.\d\d$/);
      await page.click('#log-scale');
      expect(await page.getAttribute('#log-scale', 'aria-pressed')).toBe('true');
      await page.close();
    });
  }
});
