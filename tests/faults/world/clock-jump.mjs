// Loaded before a process (node --import): its wall clock is off by the milliseconds that the file CLOCK_OFFSET_FILE holds. The
// monotonic clock stays as it is, as it does when somebody sets a machine's time. PostgreSQL's own clock is not touched.
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 100;
const file = process.env.CLOCK_OFFSET_FILE;
const RealDate = Date;
const realNow = RealDate.now.bind(RealDate);
let offsetMs = 0;

function look() {
  try {
    offsetMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    offsetMs = 0;
  }
}

class JumpingDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(JumpingDate.now());
    else super(...parts);
  }

  static now() {
    return realNow() + offsetMs;
  }
}

if (file !== undefined) {
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  globalThis.Date = JumpingDate;
}
