import { malformed } from './xml-text.ts';

/** A name as namespaces mean it: the prefix is gone. */
export interface XmlName {
  /** URI of the namespace; empty for none. */
  readonly space: string;
  readonly local: string;
}

export interface XmlAttribute extends XmlName {
  readonly value: string;
}

/** An attribute as it is written. */
export interface RawAttribute {
  readonly name: string;
  readonly value: string;
}

/** The prefixes that an element declares, before those of the elements around it. */
interface Declared {
  readonly prefix: string;
  readonly space: string;
  readonly next: Declared | null;
}

/** What prefixes mean at one element. */
export class Prefixes {
  static readonly none = new Prefixes({
    prefix: 'xml',
    space: 'http://www.w3.org/XML/1998/namespace',
    next: { prefix: '', space: '', next: null },
  });

  readonly #declared: Declared;

  private constructor(declared: Declared) {
    this.#declared = declared;
  }

  /** Those at an element with these attributes within this one. */
  with(attributes: readonly RawAttribute[]): Prefixes {
    let declared = this.#declared;
    for (const { name, value: space } of attributes) {
      if (name === 'xmlns') declared = { prefix: '', space, next: declared };
      else if (name.startsWith('xmlns:')) {
        if (space === '') throw malformed('A prefix is declared as nothing.');
        declared = { prefix: name.slice('xmlns:'.length), space, next: declared };
      }
    }
    return declared === this.#declared ? this : new Prefixes(declared);
  }

  /** @returns null where its prefix is not declared */
  name(written: string): XmlName | null {
    const colon = written.indexOf(':');
    const prefix = written.slice(0, Math.max(colon, 0));
    for (let at: Declared | null = this.#declared; at !== null; at = at.next)
      if (at.prefix === prefix) return { space: at.space, local: written.slice(colon + 1) };
    return null;
  }

  /** Attributes that declare no prefix. Without a prefix they are in no namespace. */
  attributes(written: readonly RawAttribute[]): readonly XmlAttribute[] {
    return written
      .filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:'))
      .map(({ name, value }) => {
        const meant = name.includes(':') ? this.name(name) : { space: '', local: name };
        if (meant === null) throw malformed('A prefix is not declared.');
        return { ...meant, value };
      });
  }
}
