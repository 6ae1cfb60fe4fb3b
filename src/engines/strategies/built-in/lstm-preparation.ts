import type { BarSeries } from '../../../domain/bar.js';
import { hasSkill } from '../../../domain/model-skill.js';
import type { PredictionSkill } from '../../metrics/prediction-skill.js';
import { DEFAULT_LSTM_SETTINGS } from '../../ml/training-settings.js';
import { walkForward, type WalkForwardForecasts } from '../../ml/walk-forward.js';
import { barWindow } from '../../signals/bar-window.js';
import { LstmSignal } from '../../signals/lstm-signal.js';
import type { Preparation, PreparationContext } from '../preparation.js';

/** As many as the live model is tested on at least: with fewer, even the error of the skill is not known. */
const MIN_EVIDENCE = 60;
/** What the models depend on. */
export interface LstmTrainingValues {
  readonly trainBars: number;
  readonly retrainEveryBars: number;
  readonly units: number;
  readonly epochs: number;
}

/** With what the rule makes of their predictions. */
export interface LstmValues extends LstmTrainingValues {
  readonly volatilityMultiple: number;
  readonly requireSkill: boolean;
  readonly skillStandardErrors: number;
}

/** The live rule's decision at each bar: 1 BUY, -1 SELL, 0 HOLD, NaN where there was no model to ask. */
interface DecisionLines extends Readonly<Record<string, Float64Array>> {
  readonly action: Float64Array;
  /** Fractions of the close; NaN where nothing is bought. */
  readonly stopDistance: Float64Array;
  readonly targetDistance: Float64Array;
}

/**
 * Trains walk-forward over each symbol. What is prepared asks the live rule at each bar what it makes of the prediction, by
 * the values of the run.
 */
export async function prepareLstm(
  bars: readonly BarSeries[],
  { trainBars, retrainEveryBars, units, epochs }: LstmTrainingValues,
  context: PreparationContext,
): Promise<{ linesFor(values: LstmValues): Preparation }> {
  await context.startTensors();
  const lstm = { ...DEFAULT_LSTM_SETTINGS, units, epochs, seed: context.seed };
  const predictions: WalkForwardForecasts[] = [];
  for (const [index, series] of bars.entries()) {
    predictions.push(
      await walkForward(series, { trainBars, retrainEveryBars, lstm }, (fraction, bar) =>
        context.onProgress((index + fraction) / bars.length, series.timestamps[bar] as number),
      ),
    );
  }
  return {
    linesFor(values) {
      const lines: DecisionLines[] = [];
      const remarks: string[] = [];
      for (const [index, series] of bars.entries()) {
        const forecasts = predictions[index] as WalkForwardForecasts;
        const decided = decisionsOf(series, forecasts, values, context.roundTripCosts[index] ?? 0, (bar) =>
          context.onProgress(1, series.timestamps[bar] as number),
        );
        lines.push(decided);
        remarks.push(remarkOf(series.symbol, forecasts, decided, values));
      }
      return { lines, remarks };
    },
  };
}

function decisionsOf(
  series: BarSeries,
  { predicted, blocks }: WalkForwardForecasts,
  { volatilityMultiple, requireSkill, skillStandardErrors }: LstmValues,
  roundTripCosts: number,
  onBlock: (lastBar: number) => void,
): DecisionLines {
  const rule = new LstmSignal({ volatilityMultiple, requireSkill, skillStandardErrors });
  const column = () => new Float64Array(series.closes.length).fill(NaN);
  const lines = { action: column(), stopDistance: column(), targetDistance: column() };
  for (const { start, end, evidence } of blocks) {
    const { skill, skillStandardError, count: heldOutCount } = knownSkill(evidence);
    for (let i = start; i < end; i += 1) {
      const window = barWindow(series, Math.max(0, i + 1 - rule.lookback), i + 1);
      const forecast = { predictedLogReturn: predicted[i] as number, skill, skillStandardError, heldOutCount };
      const decision = rule.decide(window, { forecast, roundTripCosts });
      if (decision.kind !== 'SIGNAL') continue;
      lines.action[i] = decision.action === 'BUY' ? 1 : decision.action === 'SELL' ? -1 : 0;
      if (decision.protection === null) continue;
      lines.stopDistance[i] = decision.protection.stopDistance / decision.currentPrice;
      lines.targetDistance[i] = decision.protection.takeProfitDistance / decision.currentPrice;
    }
    onBlock(end - 1);
  }
  return lines;
}

const knownSkill = (evidence: PredictionSkill): PredictionSkill =>
  evidence.count >= MIN_EVIDENCE ? evidence : { ...evidence, skill: null, skillStandardError: null };

/** Says how good the models were: a run without trades is a finding, and one without skill is to be known as such. */
function remarkOf(
  symbol: string,
  { blocks, evidence }: WalkForwardForecasts,
  { action }: DecisionLines,
  { trainBars, requireSkill, skillStandardErrors }: LstmValues,
): string {
  const models = `${symbol}: ${blocks.length} ${blocks.length === 1 ? 'model' : 'models'}, each trained on the ${trainBars} bars before its block`;
  const { skill, skillStandardError, directionalAccuracy, count } = evidence;
  if (skill === null || skillStandardError === null) return `${models}; no prediction of theirs has an outcome.`;
  const trusted = blocks.filter((block) => hasSkill(knownSkill(block.evidence), skillStandardErrors)).length;
  const right = directionalAccuracy === null ? '' : `, ${(directionalAccuracy * 100).toFixed(1)} % of the signs right`;
  const told = hasSkill(evidence, skillStandardErrors) ? 'told from 0' : 'not told from 0';
  const gate = requireSkill
    ? `It could trade in ${trusted} of ${blocks.length} blocks, by the skill before each`
    : `It traded whatever the skill (requireSkill is false); with the gate it could have in ${trusted} of ${blocks.length} blocks`;
  const buys = action.filter((value) => value > 0).length;
  const sells = action.filter((value) => value < 0).length;
  return (
    `${models}. Skill on the ${count} predictions out of sample: ${skill.toFixed(4)} ± ${skillStandardError.toFixed(4)}, ` +
    `${told}${right}. ${gate}. BUY was said at ${buys} bars, SELL at ${sells}.`
  );
}
