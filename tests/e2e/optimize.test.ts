import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../support/program.js';

let folder: string;
let bars: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradegraph-optimize-'));
  bars = join(folder, 'wave.csv');
  await writeFile(bars, waveCsv(300));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const closeOf = (day: number) => 100 + day / 10 + 10 * Math.sin(day / 9);

/** A wave on a slope, one bar a day. */
function waveCsv(days: number): string {
  const rows = Array.from({ length: days }, (_, day) => {
    const [open, close] = [closeOf(day - 1), closeOf(day)];
    const time = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
    return [time, open, Math.max(open, close) + 1, Math.min(open, close) - 1, close, 1_000_000].join(',');
  });
  return `Date,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`;
}

const optimizeLstm = (params: object, ranges: object, ...args: readonly string[]) =>
  runCommand(
    [
      'optimize',
      '--bars',
      bars,
      '--strategy',
      'lstm',
      '--objective',
      'totalReturnPct',
      '--params',
      JSON.stringify(params),
      '--ranges',
      JSON.stringify(ranges),
      ...args,
    ],
    { TRADEGRAPH_HOME: join(folder, 'home'), TRADEGRAPH_STRATEGIES: folder },
  );

describe('npx tradegraph optimize over a strategy that trains', { timeout: 60_000 }, () => {
  it('ranks its sets, and says of the best how good its models were', async () => {
    const params = { trainBars: 200, retrainEveryBars: 100, units: 2, epochs: 2, requireSkill: false };
    const ranges = { volatilityMultiple: [0.01, 0.1], sizePct: [50, 100] };
    const { code, stdout } = await optimizeLstm(params, ranges, '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as {
      runCount: number;
      failedCount: number;
      cautions: { code: string; message: string }[];
    };
    expect(answer).toMatchObject({ runCount: 4, failedCount: 0 });
    const remark = answer.cautions.find((caution) => caution.code === 'STRATEGY_REMARK');
    expect(remark?.message).toMatch(/^WAVE: 1 model, each trained on the 200 bars before its block/);
  });

  it('is refused more trainings than it may take, with their number and what they depend on', async () => {
    const { code, stderr } = await optimizeLstm({}, { trainBars: '200:1200' });
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--ranges: lstm would prepare itself (train its models) 1001 times; at most 1000 are made; sets that agree in trainBars',
    );
  });
});
