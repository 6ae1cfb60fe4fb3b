/** Distinct names a metric's label may take: names come from clients, and each one is a time series for ever. */
const NAMES = 100;

/** Labels for operations by their names: the first hundred by name, later ones as `other`. */
export class OperationNames {
  private readonly seen = new Set<string>();

  label(name: string | null): string {
    if (name === null) return 'anonymous';
    if (this.seen.has(name)) return name;
    if (this.seen.size >= NAMES || name.length > 100) return 'other';
    this.seen.add(name);
    return name;
  }
}
