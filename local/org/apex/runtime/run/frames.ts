/** Methods inside each other at most, as Salesforce counts them. */
export const MAX_DEPTH = 1000;

/**
 * What a class says of sharing: `with` and `without`; `inherited` takes that of the caller, and is with sharing where
 * nothing has called; a class that says nothing takes that of the caller too, and is without where nothing has.
 */
export type SharingWord = 'with' | 'without' | 'inherited' | '';

/** The methods that run, each inside the one before, and the line that each is at. */
export class Frames {
  private readonly names: string[] = [];
  private readonly lines: number[] = [];
  private readonly sharing: boolean[] = [];
  depth = 0;

  enter(name: string, sharing: SharingWord): void {
    const caller = this.sharing[this.depth - 1];
    this.sharing[this.depth] =
      sharing === 'with' || (sharing !== 'without' && (caller ?? sharing === 'inherited'));
    this.names[this.depth] = name;
    this.lines[this.depth] = 1;
    this.depth++;
  }

  leave(): void {
    this.depth--;
  }

  at(line: number): void {
    this.lines[this.depth - 1] = line;
  }

  /** Whether code reads and writes what is shared with its user alone. */
  get isSharing(): boolean {
    return this.sharing[this.depth - 1] ?? false;
  }

  get line(): number {
    return this.lines[this.depth - 1] ?? 1;
  }

  /** As `getStackTraceString` gives it; Salesforce names no other column. */
  trace(): string {
    const found: string[] = [];
    for (let at = this.depth - 1; at >= 0; at--) {
      found.push(`${this.names[at] ?? ''}: line ${this.lines[at] ?? 1}, column 1`);
    }
    return found.join('\n');
  }
}
