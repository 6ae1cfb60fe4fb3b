/** Share of the instants at which a position was open, as a fraction; null without an instant. */
export function exposure(exposed: Uint8Array): number | null {
  let count = 0;
  for (let i = 0; i < exposed.length; i += 1) count += exposed[i] as number;
  return exposed.length > 0 ? count / exposed.length : null;
}
