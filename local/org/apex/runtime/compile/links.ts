import type { PlatformMember } from '../types/platform.ts';

/** Members of the platform that a program uses, each under a name of its own in the code. */
export class Links {
  private readonly names = new Map<string, string>();

  private named(key: string): string {
    const found = this.names.get(key) ?? `l${this.names.size}`;
    this.names.set(key, found);
    return found;
  }

  /** @returns the name of its function in the code */
  to({ link }: PlatformMember): string {
    return this.named(`$.link(${JSON.stringify(link)})`);
  }

  toSetter({ link }: PlatformMember): string {
    return this.named(`$.linkSetter(${JSON.stringify(link)})`);
  }

  /** A value of an enum of the platform. */
  toValue(type: string, name: string): string {
    return this.named(`$.platformValue(${JSON.stringify(type)},${JSON.stringify(name)})`);
  }

  /** Declarations of all of them. */
  code(): string {
    return [...this.names].map(([made, name]) => `const ${name}=${made};`).join('\n');
  }
}
