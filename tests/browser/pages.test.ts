import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startProgram, temporaryHome, type Program } from '../support/program.js';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Screenshots are kept where SCREENSHOTS names a folder: the README's pictures are made so. */
const SCREENSHOTS = process.env['SCREENSHOTS'];
const PORT = '4417';

let home: Awaited<ReturnType<typeof temporaryHome>>;
let program: Program;
let profile: string;
let browser: BrowserContext;
/** Every request that any page made to anything but the program. */
const foreign: string[] = [];
const faults: string[] = [];

async function openPage(path: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== program.url) foreign.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      faults.push(message.text());
  });
  await page.goto(`${program.url}${path}`);
  return page;
}

async function keep(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  await mkdir(resolve(SCREENSHOTS), { recursive: true });
  await page.screenshot({ path: join(resolve(SCREENSHOTS), name) });
}

const start = () =>
  startProgram({
    TRADEGRAPH_HOME: home.path,
    PORT,
    REPLAY_SPEED: process.env['REPLAY_SPEED'] ?? '4',
    REPLAY_HOLD_SECONDS: process.env['REPLAY_HOLD_SECONDS'] ?? '30',
    ...(SCREENSHOTS === undefined ? { ML_EPOCHS: '1' } : {}),
  });

beforeAll(async () => {
  home = await temporaryHome();
  program = await start();
  profile = await mkdtemp(join(tmpdir(), 'tradegraph-chromium-'));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    viewport: { width: 1500, height: 1000 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await program?.end('SIGTERM');
  await home?.remove();
  await rm(profile, { recursive: true, force: true });
});

const textOf = (page: Page, selector: string) => page.locator(selector).innerText();

describe('the page at /', () => {
  it('is labelled as a replay and fills with live bars, signals, orders and a moving portfolio', async () => {
    const page = await openPage('/');
    await eventually('the replay label', async () =>
      /^REPLAY · .*BTC-USD.*RUNNING$/.test(await textOf(page, '#source')),
    );
    await eventually('signals of both sources', async () => {
      const text = await textOf(page, '#signals tbody');
      return text.includes('lstm') && text.includes('ema-cross');
    });
    await eventually('an order of the ema-cross rule', async () =>
      (await textOf(page, '#orders tbody')).includes('BUY MARKET entry'),
    );
    await eventually('a position', async () => (await textOf(page, '#positions tbody')).includes('BTC-USD'));
    const before = await textOf(page, '#portfolio');
    await eventually('the portfolio moves', async () => (await textOf(page, '#portfolio')) !== before);
    // The bars take most of the chart's width, whatever the page's own styles say of tables.
    const widths = await page.locator('#price-chart canvas').evaluateAll((all) => all.map((each) => each.clientWidth));
    const chartWidth = await page.locator('#price-chart').evaluate((element) => element.clientWidth);
    expect(Math.max(...widths)).toBeGreaterThan(chartWidth * 0.8);
    expect(await page.locator('#notice').isHidden()).toBe(true);
    await keep(page, 'page.png');
    await page.close();
  });

  it('goes on by itself when the server is killed and started again', async () => {
    const page = await openPage('/');
    await eventually('the websocket', async () => page.locator('#connection.open').count());
    await program.end('SIGKILL');
    await eventually('the loss is shown', async () => (await page.locator('#connection.open').count()) === 0);
    program = await start();
    await eventually('the websocket again', async () => page.locator('#connection.open').count());
    const clock = await textOf(page, '#clock');
    await eventually('market time goes on', async () => (await textOf(page, '#clock')) !== clock);
    const signals = await textOf(page, '#signals tbody');
    await eventually('signals go on', async () => (await textOf(page, '#signals tbody')) !== signals);
    await page.close();
  });
});

describe('the playground', () => {
  it('opens offline with the examples, runs a query, and shows a subscription', async () => {
    const page = await openPage('/playground');
    await eventually('the example tabs', async () => (await page.getByText('Order by hand').count()) > 0);
    await page.getByText('Status', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Send Request' }).click();
    await eventually('the answer', async () => (await page.locator('body').innerText()).includes('"isReplay": true'));
    await page.getByText('Live bars', { exact: true }).first().click();
    await page.getByRole('button', { name: /Send Request|Run subscription/ }).click();
    await eventually('a live bar', async () =>
      /"cursor"|cursor/.test(
        await page
          .locator('.app-result, app-query-result')
          .first()
          .innerText()
          .catch(() => ''),
      ),
    );
    await keep(page, 'playground.png');
    await page.close();
  });
});

it('makes no request to anything but the program, and breaks no content security policy', () => {
  expect(foreign).toEqual([]);
  expect(faults).toEqual([]);
});
