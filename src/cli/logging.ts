import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';
import { traceFields } from '../adapters/tracing/current-span.js';
import type { Config } from '../config/config.js';
import type { Steps } from '../roles/steps.js';
import { LoggedSteps, TerminalSteps } from './steps.js';
import { Terminal } from './terminal.js';

const REDACTED_PATHS = [
  'password',
  '*.password',
  'connectionString',
  '*.connectionString',
  'DATABASE_URL',
  '*.DATABASE_URL',
  'authorization',
  '*.authorization',
];

type LogConfig = Pick<Config, 'LOG_FORMAT' | 'LOG_LEVEL'> & Partial<Pick<Config, 'TRACING_ENDPOINT'>>;

/** A logger and a teller of steps: human in a terminal, JSON lines otherwise (LOG_FORMAT decides when it is set). */
export function openLog(config: LogConfig): { logger: Logger; steps: Steps } {
  const human = config.LOG_FORMAT === 'human' || (config.LOG_FORMAT === 'auto' && process.stdout.isTTY === true);
  const options = {
    level: config.LOG_LEVEL,
    redact: { paths: REDACTED_PATHS, censor: '[redacted]' },
    base: { pid: process.pid },
    ...(config.TRACING_ENDPOINT !== undefined && { mixin: traceFields }),
    serializers: { err: pino.stdSerializers.err, error: pino.stdSerializers.err },
  };
  if (!human) {
    const logger = pino(options);
    return { logger, steps: new LoggedSteps(logger) };
  }
  const terminal = new Terminal(process.stdout);
  const stream = pretty({
    colorize: process.stdout.isTTY === true,
    ignore: 'pid,hostname',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    destination: terminal.stream(),
  });
  return { logger: pino(options, stream), steps: new TerminalSteps(terminal) };
}
