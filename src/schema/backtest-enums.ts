import type { BacktestProfileName, BacktestStatus } from '../domain/backtest.js';
import { defineEnum } from './define-enum.js';

export const BacktestStatusEnum = defineEnum<BacktestStatus>('BacktestStatus', 'Where a backtest stands.', {
  QUEUED: 'Waits for its turn.',
  RUNNING: 'Under way.',
  DONE: 'Has its result. Final.',
  FAILED: 'Could not be run to its end: `error` says why. Final.',
  CANCELED: 'Was called off. Final.',
});

export const BacktestProfileEnum = defineEnum<'NATIVE' | 'BACKTESTING_PY'>(
  'BacktestProfile',
  'Whose fills and statistics a backtest follows.',
  {
    NATIVE: 'The fills, costs, risk limits and booking of paper trading here.',
    BACKTESTING_PY: 'The broker and the statistics of the program backtesting.py, for comparison with it.',
  },
);

/** GraphQL names cannot hold a full stop. */
export const BACKTEST_PROFILES: Readonly<Record<BacktestProfileName, keyof typeof BacktestProfileEnum>> = {
  native: 'NATIVE',
  'backtesting.py': 'BACKTESTING_PY',
};
export const PROFILE_NAMES: Readonly<Record<keyof typeof BacktestProfileEnum, BacktestProfileName>> = {
  NATIVE: 'native',
  BACKTESTING_PY: 'backtesting.py',
};

type ExitReason = 'SIGNAL' | 'STOP_LOSS' | 'TAKE_PROFIT' | 'FINALIZED' | 'MARGIN_CALL' | 'OTHER';
export const RoundTripExitEnum = defineEnum<ExitReason>('RoundTripExit', 'Why a round trip ended.', {
  SIGNAL: 'The strategy ended it.',
  STOP_LOSS: 'Its stop-loss was hit.',
  TAKE_PROFIT: 'Its target was hit.',
  FINALIZED: 'The backtest was over, and `finalizeTrades` was on.',
  MARGIN_CALL: 'The equity no longer covered the positions.',
  OTHER: 'Anything else, such as an order that closed it first.',
});

export const CautionSeverityEnum = defineEnum<'CRITICAL' | 'WARNING' | 'INFO'>(
  'CautionSeverity',
  'How much a caution holds against a result.',
  {
    CRITICAL: 'The result says nothing.',
    WARNING: 'The result may well be luck or an artefact.',
    INFO: 'The result is to be read with this in mind.',
  },
);

type Kind = 'INTEGER' | 'NUMBER' | 'BOOLEAN' | 'CHOICE';
export const StrategyParameterKindEnum = defineEnum<Kind>('StrategyParameterKind', 'What a parameter takes.', {
  INTEGER: 'A whole number from min to max.',
  NUMBER: 'A number from min to max.',
  BOOLEAN: 'True or false.',
  CHOICE: 'One of the choices, as text.',
});
