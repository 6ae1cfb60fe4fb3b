import { AccountView } from './account-view.js';
import { LiveStreams, query, queryPatiently } from './live.js';
import { MarketView } from './market-view.js';
import { PLATFORM, SETUP, type Account, type Model, type Page, type Platform } from './operations.js';
import { byId, showPipeline } from './tables.js';

const REFRESH_MS = 2_000;

interface Setup {
  symbols: { symbols: { symbol: string; tracked: { timeframe: string }[] }[] };
  accounts: Page<Account>;
}

/** Shows one line under the header; an empty text hides it. */
function notice(text: string): void {
  const element = byId('notice');
  element.textContent = text;
  element.hidden = text === '';
}

function sourceLabel(platform: Platform): string {
  if (platform.replay === null) return `LIVE · ${platform.description}`;
  const speed = platform.replay.speed === null ? 'as fast as it goes' : `${platform.replay.speed} bar/s`;
  return `REPLAY · ${platform.description} · ${speed} · ${platform.replay.state}`;
}

function showPlatform(platform: Platform, models: readonly Model[]): void {
  const source = byId('source');
  source.textContent = sourceLabel(platform);
  source.classList.toggle('live', !platform.isReplay);
  byId('clock').textContent = `market time ${platform.now.slice(0, 16).replace('T', ' ')} UTC`;
  const training = platform.training.filter((row) => row.state === 'RUNNING' || row.state === 'WAITING');
  showPipeline([
    ...platform.pipeline.map(
      (row) => [`${row.group} ← ${row.topic}`, `${row.events} behind`, row.events > 0 ? 'down' : ''] as const,
    ),
    ...training.map(
      (row) => [`training ${row.symbol}`, `${Math.round(row.fraction * 100)} % ${row.detail ?? ''}`] as const,
    ),
    ...models.map(
      (model) => [`${model.kind.toLowerCase().replace('_', ' ')} v${model.version}`, modelText(model)] as const,
    ),
  ]);
  if (platform.replay?.state === 'ENDED')
    notice('The replay is over. Everything stays queryable; `npx tradegraph reset` begins a new one.');
  else if (platform.replay?.state === 'HOLDING') notice('The replay waits for its first model, 30 seconds at most.');
  else notice('');
}

function modelText(model: Model): string {
  if (model.skill === null) return model.status.toLowerCase();
  const spread = model.skillStandardError === null ? '' : ` ± ${model.skillStandardError.toFixed(4)}`;
  const verdict = model.hasSkill ? 'beats the last price' : 'not told from the last price: HOLD';
  return `skill ${model.skill.toFixed(4)}${spread} over ${model.heldOutCount} bars, ${verdict}`;
}

async function refresh(symbol: string): Promise<void> {
  try {
    const answer = await query<{ platform: Platform; models: Page<Model> }>(PLATFORM, { symbol });
    showPlatform(
      answer.platform,
      answer.models.edges.map((edge) => edge.node),
    );
  } catch {
    byId('source').textContent = 'connection lost, trying again';
  }
}

function chooseAccount(accounts: readonly Account[], view: AccountView): void {
  const select = byId<HTMLSelectElement>('account');
  select.replaceChildren(
    ...accounts.map((account) => new Option(`${account.id} (${account.signalSource ?? 'by hand'})`, account.id)),
  );
  const wanted = new URLSearchParams(location.search).get('account');
  const chosen =
    accounts.find((account) => account.id === wanted) ??
    accounts.find((account) => account.signalSource === 'ema-cross') ??
    accounts[0];
  if (chosen === undefined) return notice('There is no account yet.');
  select.value = chosen.id;
  const show = () => {
    const account = accounts.find((candidate) => candidate.id === select.value);
    if (account !== undefined) void view.show(account);
  };
  select.addEventListener('change', show);
  show();
}

async function begin(): Promise<void> {
  const streams = new LiveStreams((connection) => byId('connection').classList.toggle('open', connection === 'open'));
  const setup = await queryPatiently<Setup>(SETUP);
  const symbol = setup.symbols.symbols.find((instrument) => instrument.tracked.length > 0)?.symbol;
  if (symbol === undefined) return notice('No symbol is tracked. Try the trackSymbol mutation in the playground.');
  byId('symbol').textContent = symbol;
  const market = new MarketView(symbol, streams, notice);
  await market.show();
  chooseAccount(
    setup.accounts.edges.map((edge) => edge.node),
    new AccountView(market, streams, notice),
  );
  void refresh(symbol);
  setInterval(() => void refresh(symbol), REFRESH_MS);
}

begin().catch((error: unknown) =>
  notice(`The page could not be filled: ${error instanceof Error ? error.message : String(error)}`),
);
