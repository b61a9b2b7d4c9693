/** Methods inside each other at most, as Salesforce counts them. */
export const MAX_DEPTH = 1000;

/** The methods that run, each inside the one before, and the line that each is at. */
export class Frames {
  private readonly names: string[] = [];
  private readonly lines: number[] = [];
  depth = 0;

  enter(name: string): void {
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
